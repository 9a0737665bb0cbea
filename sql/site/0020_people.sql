-- Invitations of people whom an import makes.

-- What they are sent, when that was wanted; kept with the import.
CREATE TABLE import_invite (
	import_id	BIGINT		NOT NULL PRIMARY KEY,
	base_url	VARCHAR(255)	NOT NULL,		-- where the links lead: the address that the import was begun at
	subject		VARCHAR(200)	NOT NULL,		-- of the letter, in the language of who began it
	body		TEXT		NOT NULL,		-- likewise; %1 in it becomes the link
	FOREIGN KEY (import_id) REFERENCES import (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- Who is to be invited yet: written when the import is applied, taken by the job with the letter.
CREATE TABLE invitation (
	user_id		BIGINT		NOT NULL PRIMARY KEY,
	import_id	BIGINT		NOT NULL,
	KEY invitation_import (import_id),
	FOREIGN KEY (user_id) REFERENCES user (id),
	FOREIGN KEY (import_id) REFERENCES import (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
