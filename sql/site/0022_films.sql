-- Films and sounds lose what they tell about their place as photos do: those that are there already, too.

UPDATE file SET picture = 'WANTED' WHERE picture = 'NONE' AND gone_at IS NULL
	AND type IN ('video/mp4', 'video/quicktime', 'audio/mp4');
