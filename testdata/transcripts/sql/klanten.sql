-- klantenlijst van Katrien Denkbeeldig
CREATE TABLE gesprekken (nr int, naam varchar(80) COMMENT 'naam van de leerling', tekst text, gsm bigint, foto blob);
INSERT INTO gesprekken VALUES (1,'Joris D''Fantasie','hij zei \'ja\'; INSERT INTO `x` VALUES (1)',32470123456,0xFFD8FFE000);
INSERT INTO gesprekken VALUES (2,"Noor ""Noortje"" Denkbeeldig",_utf8mb4'caf\u00e9',NULL,NULL) ON DUPLICATE KEY UPDATE tekst='Noor Denkbeeldig';
UPDATE gesprekken SET naam='Theo Denkbeeldig' WHERE nr=2;
