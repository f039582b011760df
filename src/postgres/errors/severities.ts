/*
 * How the server calls what it says, in its languages. What stands there is shown, so that it must be one of these words.
 * https://github.com/postgres/postgres/blob/master/src/backend/utils/error/elog.c (error_severity)
 */

/** What ends a statement or a session, as alternatives of a pattern. */
export const errorSeverities =
  'ERROR|FATAL|PANIC|FEHLER|PANIK|ERREUR|ERRO|ERRORE|FATALE|PANICO|FEL|FATALT|HATA|CHYBA|BŁĄD|ОШИБКА|ВАЖНО|ПАНИКА|ПОМИЛКА|ФАТАЛЬНО|' +
  'ПАНІКА|შეცდომა|ფატალური|პანიკა|오류|치명적오류|손상|错误|致命错误|錯誤|嚴重錯誤';

/** What is told besides, and is no reason for an end. */
export const noticeSeverities =
  'WARNING|NOTICE|INFO|LOG|DEBUG|WARNUNG|HINWEIS|ADVERTENCIA|AVISO|NOTA|ATTENTION|ATTENZIONE|NOTIFICA|VARNING|NOTIS|LOGG|UYARI|' +
  'VAROVÁNÍ|OSTRZEŻENIE|UWAGA|ПРЕДУПРЕЖДЕНИЕ|ЗАМЕЧАНИЕ|ИНФОРМАЦИЯ|СООБЩЕНИЕ|ОТЛАДКА|ПОПЕРЕДЖЕННЯ|ПОВІДОМЛЕННЯ|ІНФОРМАЦІЯ|ЗАПИСУВАННЯ|' +
  'НАЛАГОДЖЕННЯ|გაფრთხილება|შეტყობინება|경고|알림|정보|로그|警告|注意|信息|日志|調試|调试';
