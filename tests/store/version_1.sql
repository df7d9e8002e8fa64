PRAGMA application_id = 1296847944;
PRAGMA user_version = 1;
BEGIN TRANSACTION;
CREATE TABLE bookmark(page TEXT NOT NULL, anchor TEXT NOT NULL, title TEXT NOT NULL, at_ms INTEGER NOT NULL, event_id TEXT NOT NULL, PRIMARY KEY(page, anchor)) STRICT, WITHOUT ROWID;
INSERT INTO "bookmark" VALUES('roles','tools','Tools',1778933220000,'019e30aec2a0-00000001-000007');
CREATE TABLE checklist(item TEXT NOT NULL, done INTEGER NOT NULL, at_ms INTEGER NOT NULL, PRIMARY KEY(item)) STRICT, WITHOUT ROWID;
INSERT INTO "checklist" VALUES('c-000001',1,1778932920000);
CREATE TABLE device(
             device_id TEXT PRIMARY KEY, name TEXT NOT NULL, first_seen_ms INTEGER NOT NULL
           ) STRICT, WITHOUT ROWID;
INSERT INTO "device" VALUES('00000001','desk',1778932860000);
CREATE TABLE event(
             seq INTEGER PRIMARY KEY,
             event_id TEXT NOT NULL UNIQUE,
             device_id TEXT NOT NULL,
             at_ms INTEGER NOT NULL,
             hlc INTEGER NOT NULL,
             day INTEGER NOT NULL,
             tz_offset_min INTEGER NOT NULL,
             kind TEXT NOT NULL,
             item_uid TEXT, item_rev TEXT, item_v INTEGER, session_id TEXT,
             rating INTEGER CHECK(rating BETWEEN 1 AND 4), confidence INTEGER, correct REAL,
             think_ms INTEGER, total_ms INTEGER,
             target_event TEXT, data TEXT NOT NULL DEFAULT '{}'
           ) STRICT;
INSERT INTO "event" VALUES(1,'019e30aa2ec0-00000001-000002','00000001',1778932920000,1778932920000,20589,120,'check','c-000001',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{"v": 1, "checklist": "interview"}');
INSERT INTO "event" VALUES(2,'019e30ab1920-00000001-000003','00000001',1778932980000,1778932980000,20589,120,'check','c-000002',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{"v": 1, "checklist": "interview"}');
INSERT INTO "event" VALUES(3,'019e30ac0380-00000001-000004','00000001',1778933040000,1778933040000,20589,120,'void','c-000002',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'019e30ab1920-00000001-000003','{"v": 1, "checklist": "interview"}');
INSERT INTO "event" VALUES(4,'019e30acede0-00000001-000005','00000001',1778933100000,1778933100000,20589,120,'note','c-000001',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{"v": 1, "text": "say it aloud", "checklist": "interview"}');
INSERT INTO "event" VALUES(5,'019e30add840-00000001-000006','00000001',1778933160000,1778933160000,20589,120,'note','index',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{"v": 1, "text": "a thought"}');
INSERT INTO "event" VALUES(6,'019e30aec2a0-00000001-000007','00000001',1778933220000,1778933220000,20589,120,'bookmark','roles',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{"v": 1, "anchor": "tools", "title": "Tools"}');
INSERT INTO "event" VALUES(7,'019e30afad00-00000001-000008','00000001',1778933280000,1778933280000,20589,120,'visit','roles',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{"v": 1, "anchor": ""}');
INSERT INTO "event" VALUES(8,'019e30b09760-00000001-000009','00000001',1778933340000,1778933340000,20589,120,'position','roles',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{"v": 1, "anchor": "tools", "offset": 3, "share": 0.5, "read": true}');
INSERT INTO "event" VALUES(9,'019e30b181c0-00000001-00000a','00000001',1778933400000,1778933400000,20589,120,'setting','trail',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{"v": 1, "value": ["roles"]}');
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO "meta" VALUES('device_id','00000001');
INSERT INTO "meta" VALUES('last_seq','9');
CREATE TABLE note(about TEXT NOT NULL, text TEXT NOT NULL, at_ms INTEGER NOT NULL, PRIMARY KEY(about)) STRICT, WITHOUT ROWID;
INSERT INTO "note" VALUES('c-000001','say it aloud',1778933100000);
INSERT INTO "note" VALUES('index','a thought',1778933160000);
CREATE TABLE position(page TEXT NOT NULL, anchor TEXT NOT NULL, offset INTEGER NOT NULL, share REAL NOT NULL, read INTEGER NOT NULL, at_ms INTEGER NOT NULL, PRIMARY KEY(page)) STRICT, WITHOUT ROWID;
INSERT INTO "position" VALUES('roles','tools',3,0.5,1,1778933340000);
CREATE TABLE setting(name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY(name)) STRICT, WITHOUT ROWID;
INSERT INTO "setting" VALUES('trail','["roles"]');
CREATE TABLE visit(event_id TEXT NOT NULL, page TEXT NOT NULL, anchor TEXT NOT NULL, at_ms INTEGER NOT NULL, PRIMARY KEY(event_id)) STRICT, WITHOUT ROWID;
INSERT INTO "visit" VALUES('019e30afad00-00000001-000008','roles','',1778933280000);
CREATE TABLE voided(event_id TEXT NOT NULL, PRIMARY KEY(event_id)) STRICT, WITHOUT ROWID;
INSERT INTO "voided" VALUES('019e30ab1920-00000001-000003');
CREATE TRIGGER event_no_update BEFORE UPDATE ON event
           BEGIN SELECT RAISE(ABORT, 'the event log is append-only'); END;
CREATE TRIGGER event_no_delete BEFORE DELETE ON event
           BEGIN SELECT RAISE(ABORT, 'the event log is append-only'); END;
CREATE INDEX event_item ON event(item_uid, event_id)
           WHERE kind IN ('check', 'uncheck', 'note');
CREATE INDEX event_list ON event(json_extract(data, '$.checklist'), event_id)
           WHERE kind IN ('check', 'uncheck', 'note');
CREATE INDEX event_void ON event(event_id) WHERE kind = 'void';
COMMIT;
