-- The server executes this script once, when its volume is empty. SeeQL creates the database seeql
-- and the databases of data sets.
GRANT ALL PRIVILEGES ON *.* TO 'seeql'@'%';
