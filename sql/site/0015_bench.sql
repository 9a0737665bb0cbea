-- What a million machines showed to be slow.

-- Those that are down, by number: their one in a hundred were read and sorted.
ALTER TABLE machine ADD KEY machine_status_number (status, number);
