-- A small Moodle: 60 courses, 1,227 users, one year of work. About 60 MB, the same in every run.
--
-- Runs as one plain query of several statements in an empty database, as the role that owns it. Tables and
-- columns are named and shaped as Moodle's (times are seconds since 1970); a few foreign keys are added.

-- Numbers that look random but are not: they depend on nothing but the arguments. Gone with the session.
CREATE FUNCTION pg_temp.pick(i bigint, salt integer, below integer) RETURNS integer LANGUAGE sql IMMUTABLE
  AS 'SELECT ((hashint8extended(i, salt) & 9223372036854775807) % below)::integer';
CREATE FUNCTION pg_temp.one_of(i bigint, salt integer, choice text[]) RETURNS text LANGUAGE sql IMMUTABLE
  AS 'SELECT choice[1 + ((hashint8extended(i, salt) & 9223372036854775807) % cardinality(choice))::integer]';

CREATE TABLE mdl_config (id bigserial PRIMARY KEY, name varchar(255) NOT NULL DEFAULT '', value text NOT NULL);
CREATE UNIQUE INDEX mdl_conf_nam_uix ON mdl_config (name);
COMMENT ON TABLE mdl_config IS 'Moodle configuration variables';
INSERT INTO mdl_config (name, value) VALUES
  ('version', '2024100700.00'), ('release', '4.5 (Build: 20241007)'), ('siteidentifier', md5('site') || 'localhost'),
  ('lang', 'en'), ('theme', 'boost'), ('timezone', 'Europe/Berlin'), ('sessiontimeout', '28800'), ('maxbytes', '20971520'),
  ('allowguestaccess', '0'), ('supportemail', 'support@example.org'), ('smtphosts', ''), ('enablewebservices', '1');
INSERT INTO mdl_config (name, value) SELECT 'setting_' || i, md5(i::text) FROM generate_series(1, 400) AS i;

CREATE TABLE mdl_course_categories (
  id bigserial PRIMARY KEY, name varchar(255) NOT NULL DEFAULT '', description text, parent bigint NOT NULL DEFAULT 0,
  sortorder bigint NOT NULL DEFAULT 0, coursecount bigint NOT NULL DEFAULT 0, visible smallint NOT NULL DEFAULT 1);
INSERT INTO mdl_course_categories (name, sortorder, coursecount)
  SELECT name, place * 10000, 12 FROM unnest('{Sciences,Languages,Economics,Computing,Arts}'::text[]) WITH ORDINALITY AS c (name, place);

CREATE TABLE mdl_course (
  id bigserial PRIMARY KEY, category bigint NOT NULL REFERENCES mdl_course_categories, sortorder bigint NOT NULL DEFAULT 0,
  fullname varchar(254) NOT NULL DEFAULT '', shortname varchar(255) NOT NULL DEFAULT '', idnumber varchar(100) NOT NULL DEFAULT '',
  summary text, format varchar(21) NOT NULL DEFAULT 'topics', startdate bigint NOT NULL DEFAULT 0, enddate bigint NOT NULL DEFAULT 0,
  visible smallint NOT NULL DEFAULT 1, timecreated bigint NOT NULL DEFAULT 0, timemodified bigint NOT NULL DEFAULT 0);
CREATE UNIQUE INDEX mdl_cour_sho_ix ON mdl_course (shortname);
CREATE INDEX mdl_cour_cat_ix ON mdl_course (category);
COMMENT ON TABLE mdl_course IS 'Central course table';
INSERT INTO mdl_course (category, sortorder, fullname, shortname, idnumber, summary, startdate, enddate, timecreated, timemodified)
  SELECT category, i * 10, level || ' ' || subject, upper(left(replace(subject, ' ', ''), 4)) || '-' || 100 * stage + category, 'LV-' || 10000 + i,
    '<p>' || level || ' ' || lower(subject) || ', with weekly exercises, a forum and a final quiz.</p>',
    1725840000, 1752192000, 1722000000 + i * 3600, 1725000000 + i * 7200
  FROM (SELECT row_number() OVER (ORDER BY stage, category, subject) AS i, *
    FROM (VALUES (1, 'Introduction to'), (2, 'Intermediate'), (3, 'Advanced')) AS l (stage, level),
      (VALUES (1, 'Biology'), (1, 'Chemistry'), (1, 'Physics'), (1, 'Geology'), (2, 'German'), (2, 'Latin'), (2, 'Spanish'), (2, 'Mandarin'),
        (3, 'Accounting'), (3, 'Marketing'), (3, 'Statistics'), (3, 'Trade Law'), (4, 'Databases'), (4, 'Networks'), (4, 'Programming'),
        (4, 'Web Design'), (5, 'Drawing'), (5, 'Film'), (5, 'Music Theory'), (5, 'Photography')) AS s (category, subject)) AS courses
  ORDER BY i;

CREATE TABLE mdl_user (
  id bigserial PRIMARY KEY, auth varchar(20) NOT NULL DEFAULT 'manual', confirmed smallint NOT NULL DEFAULT 0, deleted smallint NOT NULL DEFAULT 0,
  username varchar(100) NOT NULL DEFAULT '', password varchar(255) NOT NULL DEFAULT '', firstname varchar(100) NOT NULL DEFAULT '',
  lastname varchar(100) NOT NULL DEFAULT '', email varchar(100) NOT NULL DEFAULT '', city varchar(120) NOT NULL DEFAULT '', lang varchar(30) NOT NULL DEFAULT 'en',
  lastip varchar(45) NOT NULL DEFAULT '', firstaccess bigint NOT NULL DEFAULT 0, lastaccess bigint NOT NULL DEFAULT 0, description text,
  timecreated bigint NOT NULL DEFAULT 0, timemodified bigint NOT NULL DEFAULT 0);
COMMENT ON TABLE mdl_user IS 'One record for each person';
INSERT INTO mdl_user (auth, confirmed, username, password, firstname, lastname, email, city, lang, lastip, firstaccess, lastaccess, timecreated)
  SELECT CASE i WHEN 1 THEN 'manual' ELSE 'shibboleth' END, 1, role || number, 'not cached', initcap(role), number, role || number || '@example.org',
    pg_temp.one_of(i, 1, '{North Campus,South Campus,Riverside,Online}'), pg_temp.one_of(i, 2, '{en,en,en,de,es,zh_cn}'),
    '10.' || pg_temp.pick(i, 3, 8) || '.' || pg_temp.pick(i, 4, 256) || '.' || pg_temp.pick(i, 5, 254) + 1,
    1725840000 + pg_temp.pick(i, 6, 900000), 1751000000 + pg_temp.pick(i, 7, 1000000), 1725000000 + i
  FROM generate_series(1, 1227) AS i,
    LATERAL (SELECT CASE WHEN i = 1 THEN 'admin' WHEN i <= 27 THEN 'teacher' ELSE 'student' END AS role,
      CASE WHEN i = 1 THEN '' WHEN i <= 27 THEN lpad((i - 1)::text, 2, '0') ELSE lpad((i - 27)::text, 4, '0') END AS number) AS who;
CREATE UNIQUE INDEX mdl_user_use_uix ON mdl_user (username);
CREATE INDEX mdl_user_ema_ix ON mdl_user (lower(email));
CREATE INDEX mdl_user_las_ix ON mdl_user (lastaccess);

CREATE TABLE mdl_user_enrolments (
  id bigserial PRIMARY KEY, status smallint NOT NULL DEFAULT 0, courseid bigint NOT NULL REFERENCES mdl_course, userid bigint NOT NULL REFERENCES mdl_user,
  timestart bigint NOT NULL DEFAULT 0, timeend bigint NOT NULL DEFAULT 0);
INSERT INTO mdl_user_enrolments (courseid, userid, timestart)
  SELECT 1 + (i + k * (ARRAY[7, 11, 13, 17, 19, 23])[1 + i % 6]) % 60, i, 1725840000 + k * 86400
  FROM generate_series(2, 1227) AS i, generate_series(0, 4) AS k;
CREATE UNIQUE INDEX mdl_userenro_couuse_uix ON mdl_user_enrolments (courseid, userid);

CREATE TABLE mdl_modules (id bigserial PRIMARY KEY, name varchar(20) NOT NULL UNIQUE, visible smallint NOT NULL DEFAULT 1);
INSERT INTO mdl_modules (name) VALUES ('assign'), ('forum'), ('page'), ('quiz'), ('resource'), ('url');

CREATE TABLE mdl_course_modules (
  id bigserial PRIMARY KEY, course bigint NOT NULL REFERENCES mdl_course, module bigint NOT NULL REFERENCES mdl_modules, instance bigint NOT NULL DEFAULT 0,
  section bigint NOT NULL DEFAULT 0, added bigint NOT NULL DEFAULT 0, visible smallint NOT NULL DEFAULT 1, availability text);
INSERT INTO mdl_course_modules (course, module, instance, section, added, availability)
  SELECT course, 1 + k % 6, course * 30 + k, 1 + k / 2, 1725000000 + k * 600,
    CASE WHEN k % 5 = 0 THEN '{"op":"&","c":[{"type":"date","d":">=","t":' || 1725840000 + k * 604800 || '}],"showc":[true]}' END
  FROM generate_series(1, 60) AS course, generate_series(0, 29) AS k;
CREATE INDEX mdl_courmodu_cou_ix ON mdl_course_modules (course);
CREATE INDEX mdl_courmodu_ins_ix ON mdl_course_modules (module, instance);

CREATE TABLE mdl_forum (
  id bigserial PRIMARY KEY, course bigint NOT NULL REFERENCES mdl_course, type varchar(20) NOT NULL DEFAULT 'general', name varchar(255) NOT NULL DEFAULT '',
  intro text NOT NULL, timemodified bigint NOT NULL DEFAULT 0);
INSERT INTO mdl_forum (course, type, name, intro, timemodified)
  SELECT course, type, name, intro, 1725000000 + course FROM generate_series(1, 60) AS course, (VALUES
    ('news', 'Announcements', '<p>News from the teachers. Everybody gets them by mail.</p>'),
    ('general', 'Questions and answers', '<p>Ask here rather than by mail: others have the same question.</p>')) AS f (type, name, intro);

CREATE TABLE mdl_forum_discussions (
  id bigserial PRIMARY KEY, course bigint NOT NULL, forum bigint NOT NULL REFERENCES mdl_forum, name varchar(255) NOT NULL DEFAULT '',
  userid bigint NOT NULL REFERENCES mdl_user, timemodified bigint NOT NULL DEFAULT 0);
INSERT INTO mdl_forum_discussions (course, forum, name, userid, timemodified)
  SELECT (forum + 1) / 2, forum,
    pg_temp.one_of(i, 10, '{Question about,Trouble with,Summary of,Material for,Deadline of,Typo in,Solution of,Group work on}') || ' '
      || pg_temp.one_of(i, 11, '{the first exercise,last week''s lecture,chapter three,the reading list,the group project,exercise 7b,the sample exam,the lab report}'),
    2 + pg_temp.pick(i, 12, 1226), 1725840000 + i * 10000
  FROM generate_series(1, 2500) AS i, LATERAL (SELECT 1 + pg_temp.pick(i, 13, 120) AS forum) AS f;
CREATE INDEX mdl_forudisc_for_ix ON mdl_forum_discussions (forum);

CREATE TABLE mdl_forum_posts (
  id bigserial PRIMARY KEY, discussion bigint NOT NULL REFERENCES mdl_forum_discussions ON DELETE CASCADE, parent bigint NOT NULL DEFAULT 0,
  userid bigint NOT NULL REFERENCES mdl_user, created bigint NOT NULL DEFAULT 0, modified bigint NOT NULL DEFAULT 0,
  subject varchar(255) NOT NULL DEFAULT '', message text NOT NULL, messageformat smallint NOT NULL DEFAULT 1, wordcount bigint);
COMMENT ON TABLE mdl_forum_posts IS 'All posts are stored in this table';
INSERT INTO mdl_forum_posts (discussion, parent, userid, created, modified, subject, message)
  SELECT d.id, CASE WHEN reply = 0 THEN 0 ELSE (d.id - 1) * 6 + 1 END, 2 + pg_temp.pick(n, 20, 1226), posted, posted,
    CASE WHEN reply = 0 THEN '' ELSE 'Re: ' END || d.name,
    '<p>' || pg_temp.one_of(n, 21, ARRAY['Hello everyone,', 'Dear all,', 'Hi,', 'Good morning,', 'Thanks for the quick answer!', 'I had the same problem.', 'As for your question:'])
    || '</p><p>' || pg_temp.one_of(n, 22, ARRAY[
      'I have read the script twice and still do not see how the second step follows from the first one.',
      'the slides say that the table has to be sorted before, but the sample solution leaves that out.',
      'does anybody know whether we may hand in the report as a group, or does each of us need an own copy?',
      'in the lecture it was said that the result does not depend on the order. I tried it, and it does.',
      'my upload was refused because the file is larger than 20 MB. Is a link to the recording good enough?',
      'the quiz counted my answer as wrong although it is word for word what page 114 of the book says.'])
    || ' ' || pg_temp.one_of(n, 23, ARRAY[
      'Perhaps I mix something up: for a sample of ' || 10 + pg_temp.pick(n, 24, 90) || ' I get ' || pg_temp.pick(n, 25, 100000) / 100.0 || '.',
      'See <a href="https://moodle.example.org/mod/page/view.php?id=' || 1 + pg_temp.pick(n, 26, 1800) || '">this page</a> for what I mean.',
      'Week ' || 1 + pg_temp.pick(n, 27, 14) || ' has an example that works the other way round.',
      'It would help me a lot to see one complete solution, step by step, before the next sheet is due.'])
    || ' ' || pg_temp.one_of(n, 28, ARRAY[
      'For what it is worth, our group simply left the last column empty and nobody complained.',
      'If there is time, could we go through it on ' || pg_temp.one_of(n, 29, '{Monday,Tuesday,Thursday,Friday}') || '?',
      'I attach a photo of my notes; sorry for the handwriting.', 'Otherwise I will come to the office hour.'])
    || '</p><p>' || pg_temp.one_of(n, 30, ARRAY['Thank you!', 'Best wishes', 'Have a nice weekend', 'See you on campus', 'Grüße', '谢谢', '¡Gracias!', '🙂']) || '</p>'
  FROM (SELECT d.*, reply, (d.id - 1) * 6 + 1 + reply AS n FROM mdl_forum_discussions AS d, generate_series(0, 5) AS reply) AS d,
    LATERAL (SELECT d.timemodified + reply * 5000 + pg_temp.pick(n, 31, 4000) AS posted) AS p
  ORDER BY n;
CREATE INDEX mdl_forupost_dis_ix ON mdl_forum_posts (discussion);
CREATE INDEX mdl_forupost_use_ix ON mdl_forum_posts (userid);
CREATE INDEX mdl_forupost_cre_ix ON mdl_forum_posts (created);

CREATE TABLE mdl_quiz (
  id bigserial PRIMARY KEY, course bigint NOT NULL REFERENCES mdl_course, name varchar(255) NOT NULL DEFAULT '', intro text NOT NULL,
  timeopen bigint NOT NULL DEFAULT 0, timeclose bigint NOT NULL DEFAULT 0, timelimit bigint NOT NULL DEFAULT 0,
  sumgrades numeric(10,5) NOT NULL DEFAULT 0, grade numeric(10,5) NOT NULL DEFAULT 0);
INSERT INTO mdl_quiz (course, name, intro, timeopen, timeclose, timelimit, sumgrades, grade)
  SELECT course, 'Quiz ' || k, '<p>Two attempts; the better one counts.</p>', 1725840000 + k * 1209600, 1725840000 + k * 1209600 + 604800, 1800, 10, 100
  FROM generate_series(1, 60) AS course, generate_series(1, 6) AS k;

CREATE TABLE mdl_question (
  id bigserial PRIMARY KEY, parent bigint NOT NULL DEFAULT 0, name varchar(255) NOT NULL DEFAULT '', questiontext text NOT NULL, generalfeedback text NOT NULL,
  defaultmark numeric(12,7) NOT NULL DEFAULT 1, penalty numeric(12,7) NOT NULL DEFAULT 0.3333333, qtype varchar(20) NOT NULL DEFAULT '',
  stamp varchar(255) NOT NULL DEFAULT '', timecreated bigint NOT NULL DEFAULT 0, createdby bigint REFERENCES mdl_user);
INSERT INTO mdl_question (name, questiontext, generalfeedback, qtype, stamp, timecreated, createdby)
  SELECT 'Question ' || i, '<p>' || pg_temp.one_of(i, 40, ARRAY['Which of these statements is true?', 'What is the mean of the numbers below?', 'Name the missing step.', 'Put the events in order.'])
    || ' <code>' || pg_temp.pick(i, 41, 1000) || ', ' || pg_temp.pick(i, 42, 1000) || ', ' || pg_temp.pick(i, 43, 1000) || '</code></p>',
    '<p>See chapter ' || 1 + pg_temp.pick(i, 44, 12) || '.</p>', pg_temp.one_of(i, 45, '{multichoice,truefalse,shortanswer,numerical,match}'),
    'moodle.example.org+' || 240909000000 + i || '+' || left(md5(i::text), 6), 1725000000 + i * 60, 2 + pg_temp.pick(i, 46, 26)
  FROM generate_series(1, 3600) AS i;

CREATE TABLE mdl_question_answers (
  id bigserial PRIMARY KEY, question bigint NOT NULL REFERENCES mdl_question, answer text NOT NULL, fraction numeric(12,7) NOT NULL DEFAULT 0, feedback text NOT NULL);
INSERT INTO mdl_question_answers (question, answer, fraction, feedback)
  SELECT question, '<p>' || pg_temp.pick(question * 4 + k, 47, 1000) || '</p>', CASE k WHEN 0 THEN 1 ELSE 0 END, CASE k WHEN 0 THEN '' ELSE '<p>Not quite.</p>' END
  FROM generate_series(1, 3600) AS question, generate_series(0, 3) AS k;
CREATE INDEX mdl_quesansw_que_ix ON mdl_question_answers (question);

CREATE TABLE mdl_grade_items (
  id bigserial PRIMARY KEY, courseid bigint REFERENCES mdl_course, itemname varchar(255), itemtype varchar(30) NOT NULL DEFAULT '', itemmodule varchar(30),
  iteminstance bigint, grademax numeric(10,5) NOT NULL DEFAULT 100, gradepass numeric(10,5) NOT NULL DEFAULT 50);
INSERT INTO mdl_grade_items (courseid, itemname, itemtype, itemmodule, iteminstance) SELECT course, name, 'mod', 'quiz', id FROM mdl_quiz ORDER BY id;

CREATE TABLE mdl_grade_grades (
  id bigserial PRIMARY KEY, itemid bigint NOT NULL REFERENCES mdl_grade_items, userid bigint NOT NULL REFERENCES mdl_user, rawgrade numeric(10,5),
  finalgrade numeric(10,5), feedback text, usermodified bigint, timecreated bigint, timemodified bigint,
  CONSTRAINT mdl_gradgrad_fin_ck CHECK (finalgrade BETWEEN 0 AND 100));
COMMENT ON TABLE mdl_grade_grades IS 'The grade of each user in each graded item';
INSERT INTO mdl_grade_grades (itemid, userid, rawgrade, finalgrade, feedback, usermodified, timecreated, timemodified)
  SELECT item, userid, grade / 10, grade, CASE WHEN grade < 40 THEN 'Please come to see me.' WHEN grade > 98 THEN 'Well done!' END, 2 + item % 26, graded, graded
  FROM (SELECT i.id AS item, e.userid, least(100, 20 + (pg_temp.pick(i.id * 10000 + e.userid, 50, 500) + pg_temp.pick(i.id * 10000 + e.userid, 51, 500)) / 10.0) AS grade,
      1727000000 + (i.id % 6) * 1209600 + pg_temp.pick(i.id * 10000 + e.userid, 52, 600000) AS graded
    FROM mdl_grade_items AS i JOIN mdl_user_enrolments AS e USING (courseid) WHERE e.userid > 27) AS g
  ORDER BY item, userid;
CREATE UNIQUE INDEX mdl_gradgrad_useite_uix ON mdl_grade_grades (userid, itemid);
CREATE INDEX mdl_gradgrad_ite_ix ON mdl_grade_grades (itemid);

CREATE TABLE mdl_files (
  id bigserial PRIMARY KEY, contenthash varchar(40) NOT NULL DEFAULT '', pathnamehash varchar(40) NOT NULL DEFAULT '', contextid bigint NOT NULL, component varchar(100) NOT NULL DEFAULT '',
  filearea varchar(50) NOT NULL DEFAULT '', itemid bigint NOT NULL, filepath varchar(255) NOT NULL DEFAULT '/', filename varchar(255) NOT NULL DEFAULT '', userid bigint REFERENCES mdl_user,
  filesize bigint NOT NULL, mimetype varchar(100), timecreated bigint NOT NULL, timemodified bigint NOT NULL);
INSERT INTO mdl_files (contenthash, pathnamehash, contextid, component, filearea, itemid, filename, userid, filesize, mimetype, timecreated, timemodified)
  SELECT left(encode(sha256(i::text::bytea), 'hex'), 40), left(encode(sha256(('path' || i)::bytea), 'hex'), 40), 100 + pg_temp.pick(i, 60, 1800), component, area, pg_temp.pick(i, 61, 9000),
    pg_temp.one_of(i, 62, '{lecture,exercise,report,notes,photo,Übung,solution}') || '-' || lpad((i % 97)::text, 2, '0') || suffix, 2 + pg_temp.pick(i, 63, 1226), 1000 + pg_temp.pick(i, 64, 9000000), mime, 1725840000 + i * 3000, 1725840000 + i * 3000
  FROM generate_series(1, 8000) AS i, LATERAL (SELECT (ARRAY['mod_resource', 'assignsubmission_file', 'mod_forum'])[1 + i % 3] AS component, (ARRAY['content', 'submission_files', 'attachment'])[1 + i % 3] AS area,
    (ARRAY['.pdf', '.docx', '.jpg', '.zip'])[1 + i % 4] AS suffix, (ARRAY['application/pdf', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'image/jpeg', 'application/zip'])[1 + i % 4] AS mime) AS kind;
CREATE UNIQUE INDEX mdl_file_pat_uix ON mdl_files (pathnamehash);
CREATE INDEX mdl_file_con_ix ON mdl_files (contenthash);

CREATE TABLE mdl_sessions (
  id bigserial PRIMARY KEY, state bigint NOT NULL DEFAULT 0, sid varchar(128) NOT NULL DEFAULT '', userid bigint NOT NULL, sessdata text,
  timecreated bigint NOT NULL, timemodified bigint NOT NULL, firstip varchar(45), lastip varchar(45));
INSERT INTO mdl_sessions (sid, userid, sessdata, timecreated, timemodified, firstip, lastip)
  SELECT left(md5('sid' || i), 26), 2 + pg_temp.pick(i, 70, 1226), encode(sha512(i::text::bytea) || sha512(('more' || i)::bytea), 'base64'), 1751900000 + i, 1751990000 + i, ip, ip
  FROM generate_series(1, 800) AS i, LATERAL (SELECT '10.' || pg_temp.pick(i, 71, 8) || '.' || pg_temp.pick(i, 72, 256) || '.' || pg_temp.pick(i, 73, 254) + 1 AS ip) AS a;
CREATE UNIQUE INDEX mdl_sess_sid_uix ON mdl_sessions (sid);

CREATE TABLE mdl_logstore_standard_log (
  id bigserial PRIMARY KEY, eventname varchar(255) NOT NULL DEFAULT '', component varchar(100) NOT NULL DEFAULT '', action varchar(100) NOT NULL DEFAULT '', target varchar(100) NOT NULL DEFAULT '',
  objecttable varchar(50), objectid bigint, crud varchar(1) NOT NULL DEFAULT '', edulevel smallint NOT NULL, contextid bigint NOT NULL, contextlevel bigint NOT NULL, userid bigint NOT NULL,
  courseid bigint, relateduserid bigint, anonymous smallint NOT NULL DEFAULT 0, other text, timecreated bigint NOT NULL, origin varchar(10), ip varchar(45), realuserid bigint);
COMMENT ON TABLE mdl_logstore_standard_log IS 'Standard log table';
INSERT INTO mdl_logstore_standard_log (eventname, component, action, target, objecttable, objectid, crud, edulevel, contextid, contextlevel, userid, courseid, other, timecreated, origin, ip)
  SELECT '\' || component || '\event\' || target || '_' || action, component, action, target, objecttable, CASE WHEN objecttable <> '' THEN h1 % 9000 END, crud, level, 20 + h1 % 1800, 70,
    2 + h2 % 1226, 1 + h1 % 60,
    CASE i % 6 WHEN 0 THEN '{"username":"student' || lpad((h2 % 1200)::text, 4, '0') || '","extrauserinfo":[]}'
      WHEN 1 THEN '{"quizid":"' || h1 % 360 || '","attempt":' || h2 % 3 || ',"submitterid":"' || h2 % 1226 || '"}'
      WHEN 2 THEN '{"forumid":' || h1 % 120 || ',"discussionid":' || h2 % 2500 || '}' ELSE 'null' END,
    1725840000 + i * 290, CASE h1 % 10 WHEN 0 THEN 'ws' ELSE 'web' END, '10.' || h2 % 8 || '.' || h2 / 8 % 256 || '.' || h1 % 254 + 1
  FROM (SELECT i, hashint8(i) & 2147483647 AS h1, hashint8(i + 1000000) & 2147483647 AS h2 FROM generate_series(1, 90000) AS i) AS n
    JOIN (VALUES (0, 'core', 'loggedin', 'user', 'user', 'r', 0), (1, 'mod_quiz', 'submitted', 'attempt', 'quiz_attempts', 'u', 2),
      (2, 'mod_forum', 'viewed', 'discussion', 'forum_discussions', 'r', 2), (3, 'core', 'viewed', 'course', '', 'r', 2),
      (4, 'mod_resource', 'viewed', 'course_module', 'resource', 'r', 2), (5, 'core', 'viewed', 'dashboard', '', 'r', 0))
      AS e (kind, component, action, target, objecttable, crud, level) ON kind = i % 6
  ORDER BY i;
CREATE INDEX mdl_logsstanlog_tim_ix ON mdl_logstore_standard_log (timecreated);
CREATE INDEX mdl_logsstanlog_couanotim_ix ON mdl_logstore_standard_log (courseid, anonymous, timecreated);
CREATE INDEX mdl_logsstanlog_useconcon_ix ON mdl_logstore_standard_log (userid, contextlevel, contextid, crud, edulevel, timecreated);
