-- 0013
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL,
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
CREATE TABLE meta (
	"key" TEXT NOT NULL,
	value TEXT NOT NULL,
	PRIMARY KEY ("key")
);
CREATE TABLE recording (
	recorded_at TEXT NOT NULL,
	PRIMARY KEY (recorded_at)
);
CREATE TABLE item (
	sha256 TEXT NOT NULL,
	name TEXT NOT NULL,
	media_type TEXT NOT NULL,
	size INTEGER NOT NULL,
	pages INTEGER NOT NULL,
	title TEXT NOT NULL,
	recorded_from TEXT NOT NULL,
	PRIMARY KEY (sha256)
);
CREATE TABLE document (
	item TEXT NOT NULL,
	xml BLOB NOT NULL,
	sha256 TEXT NOT NULL,
	run TEXT NOT NULL,
	recorded_from TEXT NOT NULL,
	PRIMARY KEY (item),
	FOREIGN KEY(item) REFERENCES item (sha256)
);
CREATE TABLE clause (
	"row" INTEGER NOT NULL,
	item TEXT NOT NULL,
	ord INTEGER NOT NULL,
	eid TEXT NOT NULL,
	parent TEXT,
	kind TEXT NOT NULL,
	depth INTEGER NOT NULL,
	marker TEXT NOT NULL,
	heading TEXT NOT NULL,
	text TEXT NOT NULL,
	term TEXT NOT NULL,
	page INTEGER NOT NULL,
	box TEXT,
	cells TEXT,
	pieces TEXT, confidence FLOAT,
	PRIMARY KEY ("row"),
	UNIQUE (item, ord),
	FOREIGN KEY(item) REFERENCES item (sha256)
);
CREATE TABLE clause_number (
	number TEXT NOT NULL,
	clause INTEGER NOT NULL,
	PRIMARY KEY (number, clause),
	FOREIGN KEY(clause) REFERENCES clause ("row")
)
 WITHOUT ROWID;
CREATE TABLE date_reading (
	"row" INTEGER NOT NULL,
	item TEXT NOT NULL,
	ord INTEGER NOT NULL,
	role TEXT NOT NULL,
	settled_on TEXT,
	earliest TEXT,
	latest TEXT,
	body TEXT NOT NULL,
	PRIMARY KEY ("row"),
	UNIQUE (item, ord),
	FOREIGN KEY(item) REFERENCES item (sha256)
);
CREATE TABLE work (
	"row" INTEGER NOT NULL,
	id TEXT NOT NULL,
	agency TEXT NOT NULL,
	series TEXT NOT NULL,
	number TEXT,
	bare_number TEXT,
	title TEXT NOT NULL,
	bare_title TEXT NOT NULL,
	holder INTEGER NOT NULL,
	held INTEGER NOT NULL,
	recorded_from TEXT NOT NULL,
	recorded_to TEXT NOT NULL, numbers TEXT DEFAULT '[]' NOT NULL,
	PRIMARY KEY ("row")
);
CREATE UNIQUE INDEX work_open ON work (id) WHERE recorded_to = '9999-12-31T23:59:59.999999Z';
CREATE INDEX work_number ON work (agency, bare_number);
CREATE INDEX work_title ON work (agency, bare_title);
CREATE TABLE expression (
	"row" INTEGER NOT NULL,
	item TEXT NOT NULL,
	work TEXT NOT NULL,
	title TEXT NOT NULL,
	starts_on TEXT,
	starts_earliest TEXT,
	starts_latest TEXT,
	issued_on TEXT,
	issued_earliest TEXT,
	issued_latest TEXT,
	names_prior TEXT NOT NULL,
	recorded_from TEXT NOT NULL,
	recorded_to TEXT NOT NULL, words TEXT DEFAULT '' NOT NULL, series TEXT DEFAULT '' NOT NULL, number TEXT,
	PRIMARY KEY ("row"),
	FOREIGN KEY(item) REFERENCES item (sha256)
);
CREATE UNIQUE INDEX expression_open ON expression (item) WHERE recorded_to = '9999-12-31T23:59:59.999999Z';
CREATE INDEX expression_work ON expression (work, recorded_to);
CREATE TABLE relation (
	"row" INTEGER NOT NULL,
	id TEXT NOT NULL,
	ord INTEGER NOT NULL,
	item TEXT NOT NULL,
	kind TEXT NOT NULL,
	affecting_work TEXT,
	affected_work TEXT,
	agency TEXT NOT NULL,
	affecting_number TEXT,
	affected_number TEXT,
	affecting_title TEXT,
	affected_title TEXT,
	certainty TEXT NOT NULL,
	status TEXT NOT NULL,
	effective_on TEXT,
	effective_earliest TEXT,
	effective_latest TEXT,
	body TEXT NOT NULL,
	recorded_from TEXT NOT NULL,
	recorded_to TEXT NOT NULL,
	PRIMARY KEY ("row"),
	FOREIGN KEY(item) REFERENCES item (sha256)
);
CREATE UNIQUE INDEX relation_open ON relation (id) WHERE recorded_to = '9999-12-31T23:59:59.999999Z';
CREATE INDEX relation_item ON relation (item);
CREATE INDEX relation_affecting_work ON relation (affecting_work);
CREATE INDEX relation_affected_work ON relation (affected_work);
CREATE INDEX relation_affecting_number ON relation (agency, affecting_number);
CREATE INDEX relation_affected_number ON relation (agency, affected_number);
CREATE INDEX relation_affecting_title ON relation (agency, affecting_title);
CREATE INDEX relation_affected_title ON relation (agency, affected_title);
CREATE TABLE finding (
	"row" INTEGER NOT NULL,
	id TEXT NOT NULL,
	source TEXT NOT NULL,
	owner TEXT NOT NULL,
	item TEXT,
	work TEXT,
	code TEXT NOT NULL,
	severity TEXT NOT NULL,
	body TEXT NOT NULL,
	recorded_from TEXT NOT NULL,
	recorded_to TEXT NOT NULL,
	PRIMARY KEY ("row"),
	FOREIGN KEY(item) REFERENCES item (sha256)
);
CREATE UNIQUE INDEX finding_open ON finding (source, owner, id) WHERE recorded_to = '9999-12-31T23:59:59.999999Z';
CREATE INDEX finding_work ON finding (work);
CREATE INDEX finding_item ON finding (item);
CREATE TABLE event (
	"row" INTEGER NOT NULL,
	work TEXT NOT NULL,
	ord INTEGER NOT NULL,
	kind TEXT NOT NULL,
	settled_on TEXT,
	earliest TEXT,
	latest TEXT,
	body TEXT NOT NULL,
	recorded_from TEXT NOT NULL,
	recorded_to TEXT NOT NULL,
	PRIMARY KEY ("row")
);
CREATE UNIQUE INDEX event_open ON event (work, ord) WHERE recorded_to = '9999-12-31T23:59:59.999999Z';
CREATE INDEX event_work ON event (work, recorded_to);
CREATE TABLE period (
	"row" INTEGER NOT NULL,
	work TEXT NOT NULL,
	valid_from TEXT NOT NULL,
	valid_to TEXT NOT NULL,
	status TEXT NOT NULL,
	item TEXT,
	since TEXT,
	body TEXT NOT NULL,
	recorded_from TEXT NOT NULL,
	recorded_to TEXT NOT NULL,
	PRIMARY KEY ("row"),
	FOREIGN KEY(item) REFERENCES item (sha256)
);
CREATE UNIQUE INDEX period_open ON period (work, valid_from) WHERE recorded_to = '9999-12-31T23:59:59.999999Z';
CREATE INDEX period_day ON period (recorded_to, valid_from, valid_to);
CREATE INDEX period_work ON period (work, recorded_to);
CREATE VIRTUAL TABLE clause_words USING fts5(heading, text, content='', tokenize='porter unicode61');
CREATE TRIGGER work_kept BEFORE DELETE ON work BEGIN SELECT RAISE(ABORT, 'rows of work are only added; a fact that changes is closed and written anew'); END;
CREATE TRIGGER work_closed BEFORE UPDATE OF recorded_to ON work WHEN OLD.recorded_to <> '9999-12-31T23:59:59.999999Z' BEGIN SELECT RAISE(ABORT, 'rows of work are only added; a fact that changes is closed and written anew'); END;
CREATE TRIGGER expression_kept BEFORE DELETE ON expression BEGIN SELECT RAISE(ABORT, 'rows of expression are only added; a fact that changes is closed and written anew'); END;
CREATE TRIGGER expression_closed BEFORE UPDATE OF recorded_to ON expression WHEN OLD.recorded_to <> '9999-12-31T23:59:59.999999Z' BEGIN SELECT RAISE(ABORT, 'rows of expression are only added; a fact that changes is closed and written anew'); END;
CREATE TRIGGER relation_kept BEFORE DELETE ON relation BEGIN SELECT RAISE(ABORT, 'rows of relation are only added; a fact that changes is closed and written anew'); END;
CREATE TRIGGER relation_closed BEFORE UPDATE OF recorded_to ON relation WHEN OLD.recorded_to <> '9999-12-31T23:59:59.999999Z' BEGIN SELECT RAISE(ABORT, 'rows of relation are only added; a fact that changes is closed and written anew'); END;
CREATE TRIGGER finding_kept BEFORE DELETE ON finding BEGIN SELECT RAISE(ABORT, 'rows of finding are only added; a fact that changes is closed and written anew'); END;
CREATE TRIGGER finding_closed BEFORE UPDATE OF recorded_to ON finding WHEN OLD.recorded_to <> '9999-12-31T23:59:59.999999Z' BEGIN SELECT RAISE(ABORT, 'rows of finding are only added; a fact that changes is closed and written anew'); END;
CREATE TRIGGER event_kept BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'rows of event are only added; a fact that changes is closed and written anew'); END;
CREATE TRIGGER event_closed BEFORE UPDATE OF recorded_to ON event WHEN OLD.recorded_to <> '9999-12-31T23:59:59.999999Z' BEGIN SELECT RAISE(ABORT, 'rows of event are only added; a fact that changes is closed and written anew'); END;
CREATE TRIGGER period_kept BEFORE DELETE ON period BEGIN SELECT RAISE(ABORT, 'rows of period are only added; a fact that changes is closed and written anew'); END;
CREATE TRIGGER period_closed BEFORE UPDATE OF recorded_to ON period WHEN OLD.recorded_to <> '9999-12-31T23:59:59.999999Z' BEGIN SELECT RAISE(ABORT, 'rows of period are only added; a fact that changes is closed and written anew'); END;
CREATE TRIGGER meta_kept BEFORE DELETE ON meta BEGIN SELECT RAISE(ABORT, 'rows of meta are only added; a fact that changes is closed and written anew'); END;
CREATE TRIGGER meta_fixed BEFORE UPDATE OF "key", "value" ON meta BEGIN SELECT RAISE(ABORT, 'rows of meta are only added; a fact that changes is closed and written anew'); END;
CREATE TRIGGER recording_kept BEFORE DELETE ON recording BEGIN SELECT RAISE(ABORT, 'rows of recording are only added; a fact that changes is closed and written anew'); END;
CREATE TRIGGER recording_fixed BEFORE UPDATE OF "recorded_at" ON recording BEGIN SELECT RAISE(ABORT, 'rows of recording are only added; a fact that changes is closed and written anew'); END;
CREATE TRIGGER item_kept BEFORE DELETE ON item BEGIN SELECT RAISE(ABORT, 'rows of item are only added; a fact that changes is closed and written anew'); END;
CREATE TRIGGER document_kept BEFORE DELETE ON document BEGIN SELECT RAISE(ABORT, 'rows of document are only added; a fact that changes is closed and written anew'); END;
CREATE TRIGGER clause_number_fixed BEFORE UPDATE OF "number", "clause" ON clause_number BEGIN SELECT RAISE(ABORT, 'rows of clause_number are only added; a fact that changes is closed and written anew'); END;
CREATE TRIGGER date_reading_kept BEFORE DELETE ON date_reading BEGIN SELECT RAISE(ABORT, 'rows of date_reading are only added; a fact that changes is closed and written anew'); END;
CREATE TRIGGER clause_fixed BEFORE UPDATE OF "row", "item", "ord", "eid", "parent", "kind", "depth", "marker", "heading", "text", "term", "page", "box", "cells", "pieces", "confidence" ON clause BEGIN SELECT RAISE(ABORT, 'rows of clause are only added; a fact that changes is closed and written anew'); END;
CREATE TABLE listing (
	"row" INTEGER NOT NULL,
	id TEXT NOT NULL,
	seen_on TEXT NOT NULL,
	complete INTEGER NOT NULL,
	unread INTEGER NOT NULL,
	source TEXT NOT NULL,
	recorded_from TEXT NOT NULL,
	PRIMARY KEY ("row"),
	UNIQUE (id)
);
CREATE TABLE seen_file (
	"row" INTEGER NOT NULL,
	sha256 TEXT NOT NULL,
	PRIMARY KEY ("row"),
	UNIQUE (sha256)
);
CREATE TABLE sighting (
	file INTEGER NOT NULL,
	listing INTEGER NOT NULL,
	PRIMARY KEY (file, listing),
	FOREIGN KEY(file) REFERENCES seen_file ("row"),
	FOREIGN KEY(listing) REFERENCES listing ("row")
)
 WITHOUT ROWID;
CREATE TABLE listing_series (
	agency TEXT NOT NULL,
	series TEXT NOT NULL,
	listing INTEGER NOT NULL,
	PRIMARY KEY (agency, series, listing),
	FOREIGN KEY(listing) REFERENCES listing ("row")
)
 WITHOUT ROWID;
CREATE TRIGGER listing_kept BEFORE DELETE ON listing BEGIN SELECT RAISE(ABORT, 'rows of listing are only added'); END;
CREATE TRIGGER listing_fixed BEFORE UPDATE OF "row", "id", "seen_on", "complete", "unread", "source", "recorded_from" ON listing BEGIN SELECT RAISE(ABORT, 'rows of listing are only added'); END;
CREATE TRIGGER seen_file_kept BEFORE DELETE ON seen_file BEGIN SELECT RAISE(ABORT, 'rows of seen_file are only added'); END;
CREATE TRIGGER seen_file_fixed BEFORE UPDATE OF "row", "sha256" ON seen_file BEGIN SELECT RAISE(ABORT, 'rows of seen_file are only added'); END;
CREATE TRIGGER sighting_kept BEFORE DELETE ON sighting BEGIN SELECT RAISE(ABORT, 'rows of sighting are only added'); END;
CREATE TRIGGER sighting_fixed BEFORE UPDATE OF "file", "listing" ON sighting BEGIN SELECT RAISE(ABORT, 'rows of sighting are only added'); END;
CREATE TRIGGER listing_series_kept BEFORE DELETE ON listing_series BEGIN SELECT RAISE(ABORT, 'rows of listing_series are only added'); END;
CREATE TRIGGER listing_series_fixed BEFORE UPDATE OF "agency", "series", "listing" ON listing_series BEGIN SELECT RAISE(ABORT, 'rows of listing_series are only added'); END;
CREATE TABLE provenance (
	"row" INTEGER NOT NULL,
	item TEXT NOT NULL,
	source TEXT NOT NULL,
	custodian TEXT NOT NULL,
	obtained_on TEXT,
	certified INTEGER NOT NULL,
	recorded_from TEXT NOT NULL,
	PRIMARY KEY ("row"),
	FOREIGN KEY(item) REFERENCES item (sha256)
);
CREATE INDEX provenance_item ON provenance (item);
CREATE TABLE signature (
	item TEXT NOT NULL,
	state TEXT NOT NULL,
	body TEXT NOT NULL,
	recorded_from TEXT NOT NULL,
	PRIMARY KEY (item),
	FOREIGN KEY(item) REFERENCES item (sha256)
);
CREATE TRIGGER provenance_kept BEFORE DELETE ON provenance BEGIN SELECT RAISE(ABORT, 'rows of provenance are only added'); END;
CREATE TRIGGER provenance_fixed BEFORE UPDATE OF "row", "item", "source", "custodian", "obtained_on", "certified", "recorded_from" ON provenance BEGIN SELECT RAISE(ABORT, 'rows of provenance are only added'); END;
CREATE TRIGGER signature_kept BEFORE DELETE ON signature BEGIN SELECT RAISE(ABORT, 'rows of signature are only added'); END;
CREATE TABLE binding (
	"row" INTEGER NOT NULL,
	item TEXT NOT NULL,
	ord INTEGER NOT NULL,
	kind TEXT NOT NULL,
	body TEXT NOT NULL,
	PRIMARY KEY ("row"),
	UNIQUE (item, ord),
	FOREIGN KEY(item) REFERENCES item (sha256)
);
CREATE TABLE precedence (
	"row" INTEGER NOT NULL,
	agency TEXT NOT NULL,
	prevails TEXT NOT NULL,
	over TEXT NOT NULL,
	body TEXT NOT NULL,
	recorded_from TEXT NOT NULL,
	recorded_to TEXT NOT NULL,
	PRIMARY KEY ("row")
);
CREATE UNIQUE INDEX precedence_open ON precedence (agency, prevails, over) WHERE recorded_to = '9999-12-31T23:59:59.999999Z';
CREATE TRIGGER binding_kept BEFORE DELETE ON binding BEGIN SELECT RAISE(ABORT, 'rows of binding are only added; a fact that changes is closed and written anew'); END;
CREATE TRIGGER precedence_kept BEFORE DELETE ON precedence BEGIN SELECT RAISE(ABORT, 'rows of precedence are only added; a fact that changes is closed and written anew'); END;
CREATE TRIGGER precedence_fixed BEFORE UPDATE OF "row", "agency", "prevails", "over", "body", "recorded_from" ON precedence BEGIN SELECT RAISE(ABORT, 'rows of precedence are only added; a fact that changes is closed and written anew'); END;
CREATE TRIGGER precedence_closed BEFORE UPDATE OF recorded_to ON precedence WHEN OLD.recorded_to <> '9999-12-31T23:59:59.999999Z' BEGIN SELECT RAISE(ABORT, 'rows of precedence are only added; a fact that changes is closed and written anew'); END;
CREATE INDEX work_numbers ON work (agency) WHERE numbers <> '[]';
CREATE TABLE profile (
	"row" INTEGER NOT NULL,
	agency TEXT NOT NULL,
	sha256 TEXT NOT NULL,
	words TEXT NOT NULL,
	recorded_from TEXT NOT NULL,
	recorded_to TEXT NOT NULL,
	PRIMARY KEY ("row")
);
CREATE UNIQUE INDEX profile_open ON profile (agency) WHERE recorded_to = '9999-12-31T23:59:59.999999Z';
CREATE TRIGGER profile_kept BEFORE DELETE ON profile BEGIN SELECT RAISE(ABORT, 'rows of profile are only added; a fact that changes is closed and written anew'); END;
CREATE TRIGGER profile_fixed BEFORE UPDATE OF "row", "agency", "sha256", "words", "recorded_from" ON profile BEGIN SELECT RAISE(ABORT, 'rows of profile are only added; a fact that changes is closed and written anew'); END;
CREATE TRIGGER profile_closed BEFORE UPDATE OF recorded_to ON profile WHEN OLD.recorded_to <> '9999-12-31T23:59:59.999999Z' BEGIN SELECT RAISE(ABORT, 'rows of profile are only added; a fact that changes is closed and written anew'); END;
CREATE TABLE decision (
	"row" INTEGER NOT NULL,
	id TEXT NOT NULL,
	subject TEXT NOT NULL,
	ref TEXT NOT NULL,
	body TEXT NOT NULL,
	recorded_from TEXT NOT NULL,
	PRIMARY KEY ("row"),
	UNIQUE (id)
);
CREATE TRIGGER decision_kept BEFORE DELETE ON decision BEGIN SELECT RAISE(ABORT, 'rows of decision are only added'); END;
CREATE TRIGGER decision_fixed BEFORE UPDATE OF "row", "id", "subject", "ref", "body", "recorded_from" ON decision BEGIN SELECT RAISE(ABORT, 'rows of decision are only added'); END;
CREATE TABLE attestation (
	"row" INTEGER NOT NULL,
	id TEXT NOT NULL,
	agency TEXT NOT NULL,
	series TEXT NOT NULL,
	attested_on TEXT NOT NULL,
	body TEXT NOT NULL,
	recorded_from TEXT NOT NULL,
	PRIMARY KEY ("row"),
	UNIQUE (id)
);
CREATE TRIGGER attestation_kept BEFORE DELETE ON attestation BEGIN SELECT RAISE(ABORT, 'rows of attestation are only added'); END;
CREATE TRIGGER attestation_fixed BEFORE UPDATE OF "row", "id", "agency", "series", "attested_on", "body", "recorded_from" ON attestation BEGIN SELECT RAISE(ABORT, 'rows of attestation are only added'); END;
CREATE INDEX decision_subject ON decision (subject, ref);
CREATE INDEX attestation_series ON attestation (agency, series);
CREATE TABLE marking (
	"row" INTEGER NOT NULL,
	work TEXT NOT NULL,
	access TEXT NOT NULL,
	body TEXT NOT NULL,
	recorded_from TEXT NOT NULL,
	PRIMARY KEY ("row")
);
CREATE TRIGGER marking_kept BEFORE DELETE ON marking BEGIN SELECT RAISE(ABORT, 'rows of marking are only added'); END;
CREATE TRIGGER marking_fixed BEFORE UPDATE OF "row", "work", "access", "body", "recorded_from" ON marking BEGIN SELECT RAISE(ABORT, 'rows of marking are only added'); END;
CREATE TABLE withdrawal (
	"row" INTEGER NOT NULL,
	item TEXT NOT NULL,
	body TEXT NOT NULL,
	recorded_from TEXT NOT NULL,
	PRIMARY KEY ("row")
);
CREATE TRIGGER withdrawal_kept BEFORE DELETE ON withdrawal BEGIN SELECT RAISE(ABORT, 'rows of withdrawal are only added'); END;
CREATE TRIGGER withdrawal_fixed BEFORE UPDATE OF "row", "item", "body", "recorded_from" ON withdrawal BEGIN SELECT RAISE(ABORT, 'rows of withdrawal are only added'); END;
CREATE TABLE purge (
	"row" INTEGER NOT NULL,
	item TEXT NOT NULL,
	body TEXT NOT NULL,
	recorded_from TEXT NOT NULL,
	PRIMARY KEY ("row"),
	UNIQUE (item)
);
CREATE TRIGGER purge_kept BEFORE DELETE ON purge BEGIN SELECT RAISE(ABORT, 'rows of purge are only added'); END;
CREATE TRIGGER purge_fixed BEFORE UPDATE OF "row", "item", "body", "recorded_from" ON purge BEGIN SELECT RAISE(ABORT, 'rows of purge are only added'); END;
CREATE TABLE redaction (
	"row" INTEGER NOT NULL,
	item TEXT NOT NULL,
	"of" TEXT NOT NULL,
	body TEXT NOT NULL,
	recorded_from TEXT NOT NULL,
	PRIMARY KEY ("row")
);
CREATE TRIGGER redaction_kept BEFORE DELETE ON redaction BEGIN SELECT RAISE(ABORT, 'rows of redaction are only added'); END;
CREATE TRIGGER redaction_fixed BEFORE UPDATE OF "row", "item", "of", "body", "recorded_from" ON redaction BEGIN SELECT RAISE(ABORT, 'rows of redaction are only added'); END;
CREATE INDEX marking_work ON marking (work);
CREATE TRIGGER purge_withdrawn BEFORE INSERT ON purge WHEN NOT EXISTS (SELECT 1 FROM withdrawal WHERE item = NEW.item) BEGIN SELECT RAISE(ABORT, 'a file is purged only after it was withdrawn'); END;
CREATE TRIGGER item_fixed BEFORE UPDATE OF "sha256", "media_type", "size", "pages", "recorded_from" ON item BEGIN SELECT RAISE(ABORT, 'rows of item are only added; a fact that changes is closed and written anew'); END;
CREATE TRIGGER item_worded BEFORE UPDATE OF "name", "title" ON item WHEN NOT EXISTS (SELECT 1 FROM purge WHERE recorded_from NOT IN (SELECT recorded_at FROM recording) AND item = substr(OLD.sha256, 1, 64)) OR instr(NEW.title, 'purged') = 0 BEGIN SELECT RAISE(ABORT, 'rows of item are only added; a fact that changes is closed and written anew'); END;
CREATE TRIGGER document_fixed BEFORE UPDATE OF "item", "run", "recorded_from" ON document BEGIN SELECT RAISE(ABORT, 'rows of document are only added; a fact that changes is closed and written anew'); END;
CREATE TRIGGER document_worded BEFORE UPDATE OF "xml", "sha256" ON document WHEN NOT EXISTS (SELECT 1 FROM purge WHERE recorded_from NOT IN (SELECT recorded_at FROM recording) AND item = substr(OLD.item, 1, 64)) OR instr(NEW.xml, 'purged') = 0 BEGIN SELECT RAISE(ABORT, 'rows of document are only added; a fact that changes is closed and written anew'); END;
CREATE TRIGGER date_reading_fixed BEFORE UPDATE OF "row", "item", "ord", "role", "settled_on", "earliest", "latest" ON date_reading BEGIN SELECT RAISE(ABORT, 'rows of date_reading are only added; a fact that changes is closed and written anew'); END;
CREATE TRIGGER date_reading_worded BEFORE UPDATE OF "body" ON date_reading WHEN NOT EXISTS (SELECT 1 FROM purge WHERE recorded_from NOT IN (SELECT recorded_at FROM recording) AND item = substr(OLD.item, 1, 64)) OR instr(NEW.body, 'purged') = 0 BEGIN SELECT RAISE(ABORT, 'rows of date_reading are only added; a fact that changes is closed and written anew'); END;
CREATE TRIGGER binding_fixed BEFORE UPDATE OF "row", "item", "ord", "kind" ON binding BEGIN SELECT RAISE(ABORT, 'rows of binding are only added; a fact that changes is closed and written anew'); END;
CREATE TRIGGER binding_worded BEFORE UPDATE OF "body" ON binding WHEN NOT EXISTS (SELECT 1 FROM purge WHERE recorded_from NOT IN (SELECT recorded_at FROM recording) AND item = substr(OLD.item, 1, 64)) OR instr(NEW.body, 'purged') = 0 BEGIN SELECT RAISE(ABORT, 'rows of binding are only added; a fact that changes is closed and written anew'); END;
CREATE TRIGGER signature_fixed BEFORE UPDATE OF "item", "state", "recorded_from" ON signature BEGIN SELECT RAISE(ABORT, 'rows of signature are only added; a fact that changes is closed and written anew'); END;
CREATE TRIGGER signature_worded BEFORE UPDATE OF "body" ON signature WHEN NOT EXISTS (SELECT 1 FROM purge WHERE recorded_from NOT IN (SELECT recorded_at FROM recording) AND item = substr(OLD.item, 1, 64)) OR instr(NEW.body, 'purged') = 0 BEGIN SELECT RAISE(ABORT, 'rows of signature are only added; a fact that changes is closed and written anew'); END;
CREATE TRIGGER expression_fixed BEFORE UPDATE OF "row", "item", "work", "starts_on", "starts_earliest", "starts_latest", "issued_on", "issued_earliest", "issued_latest", "recorded_from", "words", "series", "number" ON expression BEGIN SELECT RAISE(ABORT, 'rows of expression are only added; a fact that changes is closed and written anew'); END;
CREATE TRIGGER expression_worded BEFORE UPDATE OF "title", "names_prior" ON expression WHEN NOT EXISTS (SELECT 1 FROM purge WHERE recorded_from NOT IN (SELECT recorded_at FROM recording) AND item = substr(OLD.item, 1, 64)) OR OLD.recorded_to = '9999-12-31T23:59:59.999999Z' OR instr(NEW.title, 'purged') = 0 BEGIN SELECT RAISE(ABORT, 'rows of expression are only added; a fact that changes is closed and written anew'); END;
CREATE TRIGGER relation_fixed BEFORE UPDATE OF "row", "id", "ord", "item", "kind", "affecting_work", "affected_work", "agency", "affecting_number", "affected_number", "certainty", "status", "effective_on", "effective_earliest", "effective_latest", "recorded_from" ON relation BEGIN SELECT RAISE(ABORT, 'rows of relation are only added; a fact that changes is closed and written anew'); END;
CREATE TRIGGER relation_worded BEFORE UPDATE OF "affecting_title", "affected_title", "body" ON relation WHEN NOT EXISTS (SELECT 1 FROM purge WHERE recorded_from NOT IN (SELECT recorded_at FROM recording) AND item = substr(OLD.item, 1, 64)) OR OLD.recorded_to = '9999-12-31T23:59:59.999999Z' OR instr(NEW.body, 'purged') = 0 BEGIN SELECT RAISE(ABORT, 'rows of relation are only added; a fact that changes is closed and written anew'); END;
CREATE TRIGGER finding_fixed BEFORE UPDATE OF "row", "id", "source", "owner", "item", "work", "code", "severity", "recorded_from" ON finding BEGIN SELECT RAISE(ABORT, 'rows of finding are only added; a fact that changes is closed and written anew'); END;
CREATE TRIGGER finding_worded BEFORE UPDATE OF "body" ON finding WHEN NOT EXISTS (SELECT 1 FROM purge WHERE recorded_from NOT IN (SELECT recorded_at FROM recording)) OR OLD.recorded_to = '9999-12-31T23:59:59.999999Z' OR instr(NEW.body, 'purged') = 0 BEGIN SELECT RAISE(ABORT, 'rows of finding are only added; a fact that changes is closed and written anew'); END;
CREATE TRIGGER event_fixed BEFORE UPDATE OF "row", "work", "ord", "kind", "settled_on", "earliest", "latest", "recorded_from" ON event BEGIN SELECT RAISE(ABORT, 'rows of event are only added; a fact that changes is closed and written anew'); END;
CREATE TRIGGER event_worded BEFORE UPDATE OF "body" ON event WHEN NOT EXISTS (SELECT 1 FROM purge WHERE recorded_from NOT IN (SELECT recorded_at FROM recording)) OR OLD.recorded_to = '9999-12-31T23:59:59.999999Z' OR instr(NEW.body, 'purged') = 0 BEGIN SELECT RAISE(ABORT, 'rows of event are only added; a fact that changes is closed and written anew'); END;
CREATE TRIGGER period_fixed BEFORE UPDATE OF "row", "work", "valid_from", "valid_to", "status", "item", "since", "recorded_from" ON period BEGIN SELECT RAISE(ABORT, 'rows of period are only added; a fact that changes is closed and written anew'); END;
CREATE TRIGGER period_worded BEFORE UPDATE OF "body" ON period WHEN NOT EXISTS (SELECT 1 FROM purge WHERE recorded_from NOT IN (SELECT recorded_at FROM recording)) OR OLD.recorded_to = '9999-12-31T23:59:59.999999Z' OR instr(NEW.body, 'purged') = 0 BEGIN SELECT RAISE(ABORT, 'rows of period are only added; a fact that changes is closed and written anew'); END;
CREATE TRIGGER work_fixed BEFORE UPDATE OF "row", "id", "agency", "series", "number", "bare_number", "holder", "held", "recorded_from", "numbers" ON work BEGIN SELECT RAISE(ABORT, 'rows of work are only added; a fact that changes is closed and written anew'); END;
CREATE TRIGGER work_worded BEFORE UPDATE OF "title", "bare_title" ON work WHEN NOT EXISTS (SELECT 1 FROM purge WHERE recorded_from NOT IN (SELECT recorded_at FROM recording)) OR OLD.recorded_to = '9999-12-31T23:59:59.999999Z' OR instr(NEW.title, 'purged') = 0 BEGIN SELECT RAISE(ABORT, 'rows of work are only added; a fact that changes is closed and written anew'); END;
CREATE TRIGGER clause_kept BEFORE DELETE ON clause WHEN NOT EXISTS (SELECT 1 FROM purge WHERE recorded_from NOT IN (SELECT recorded_at FROM recording) AND item = substr(OLD.item, 1, 64)) BEGIN SELECT RAISE(ABORT, 'rows of clause are only added; a fact that changes is closed and written anew'); END;
CREATE TRIGGER clause_number_kept BEFORE DELETE ON clause_number WHEN NOT EXISTS (SELECT 1 FROM purge WHERE recorded_from NOT IN (SELECT recorded_at FROM recording) AND item = (SELECT substr(clause.item, 1, 64) FROM clause WHERE clause.row = OLD.clause)) BEGIN SELECT RAISE(ABORT, 'rows of clause_number are only added; a fact that changes is closed and written anew'); END;
CREATE TABLE tilt (
	item TEXT NOT NULL,
	page INTEGER NOT NULL,
	degrees FLOAT NOT NULL,
	PRIMARY KEY (item, page),
	FOREIGN KEY(item) REFERENCES item (sha256)
);
CREATE TRIGGER tilt_kept BEFORE DELETE ON tilt BEGIN SELECT RAISE(ABORT, 'rows of tilt are only added'); END;
CREATE TRIGGER tilt_fixed BEFORE UPDATE ON tilt BEGIN SELECT RAISE(ABORT, 'rows of tilt are only added'); END;
CREATE INDEX expression_item ON expression (item, recorded_to);
CREATE INDEX work_bare_number ON work (bare_number, recorded_to);
CREATE INDEX work_bare_title ON work (bare_title, recorded_to);
CREATE TABLE log (
	number INTEGER NOT NULL,
	moment TEXT NOT NULL,
	version TEXT NOT NULL,
	content TEXT NOT NULL,
	previous TEXT NOT NULL,
	hash TEXT NOT NULL,
	PRIMARY KEY (number),
	UNIQUE (hash)
);
CREATE TABLE logged (
	entry INTEGER NOT NULL,
	facts TEXT NOT NULL,
	act TEXT NOT NULL,
	rows TEXT NOT NULL,
	salts BLOB NOT NULL,
	hashes BLOB NOT NULL,
	PRIMARY KEY (entry, facts, act),
	FOREIGN KEY(entry) REFERENCES log (number)
);
CREATE INDEX log_moment ON log (moment);
CREATE TRIGGER log_kept BEFORE DELETE ON log BEGIN SELECT RAISE(ABORT, 'rows of log are only added'); END;
CREATE TRIGGER logged_kept BEFORE DELETE ON logged BEGIN SELECT RAISE(ABORT, 'rows of logged are only added'); END;
CREATE TRIGGER log_fixed BEFORE UPDATE ON log BEGIN SELECT RAISE(ABORT, 'rows of log are only added'); END;
CREATE TRIGGER log_chained BEFORE INSERT ON log WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM log) OR NEW.previous <> coalesce((SELECT hash FROM log ORDER BY number DESC LIMIT 1), '0000000000000000000000000000000000000000000000000000000000000000') BEGIN SELECT RAISE(ABORT, 'an entry of the log follows the last one'); END;
CREATE TRIGGER logged_fixed BEFORE UPDATE OF "entry", "facts", "act", "rows", "hashes" ON logged BEGIN SELECT RAISE(ABORT, 'rows of logged are only added'); END;
CREATE TRIGGER logged_salted BEFORE UPDATE OF salts ON logged WHEN NOT EXISTS (SELECT 1 FROM purge WHERE recorded_from NOT IN (SELECT recorded_at FROM recording)) OR length(NEW.salts) <> length(OLD.salts) BEGIN SELECT RAISE(ABORT, 'rows of logged are only added'); END;
CREATE INDEX period_item ON period (item, recorded_to, status, valid_from, valid_to);
CREATE INDEX period_rules ON period (valid_from, valid_to, work, item) WHERE recorded_to = '9999-12-31T23:59:59.999999Z' AND status = 'in-force';
CREATE INDEX work_id ON work (id, recorded_to);
INSERT INTO alembic_version (version_num) VALUES ('0013');
