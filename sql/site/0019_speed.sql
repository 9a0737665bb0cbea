-- What runs out when, of a million machines: no other index has the date.
ALTER TABLE machine ADD KEY machine_warranty (warranty_until);
