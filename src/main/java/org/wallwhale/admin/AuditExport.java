package org.wallwhale.admin;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.wallwhale.audit.AuditEntryView;
import org.wallwhale.audit.AuditQuery;
import org.wallwhale.audit.AuditService;
import org.wallwhale.problem.Problem;

/** Writes the audit log as a file, page by page, so that its length does not matter. */
final class AuditExport {
    static final String NDJSON = "application/x-ndjson";
    static final String CSV = "text/csv;charset=UTF-8";
    private static final int PAGE = 500;
    private static final int MOST = 2;
    /** On this instance: each holds a thread for as long as its reader takes. */
    private static final Semaphore PLACES = new Semaphore(MOST);
    private static final String UNFINISHED = "The export ends here, because the server failed; ask for it again.";
    private static final Pattern FORMULA = Pattern.compile("(?<=^|[;\\t\\r\\n])(?=[=+\\-@\\t\\r\\n＝＋－＠])");
    private static final String HEADINGS = "id,writtenAt,userId,keyId,address,requestId,action,subject,result,detail,before,after,"
            + "position,hash\r\n";
    private final AuditService audit;
    private final AuditQuery query;
    private final boolean csv;
    private final ObjectMapper json;

    private AuditExport(AuditService audit, AuditQuery query, boolean csv, ObjectMapper json) {
        this.audit = audit;
        this.query = query;
        this.csv = csv;
        this.json = json;
    }

    /** {@code ndjson} if {@code format} is null; INVALID for anything but {@code ndjson} and {@code csv}. */
    static AuditExport of(String format, AuditService audit, AuditQuery query, ObjectMapper json) {
        return switch (format == null ? "ndjson" : format) {
            case "ndjson" -> new AuditExport(audit, query, false, json);
            case "csv" -> new AuditExport(audit, query, true, json);
            default -> throw Problem.INVALID.because("The query parameter \"format\" takes ndjson and csv.");
        };
    }

    String mediaType() {
        return csv ? CSV : NDJSON;
    }

    String fileName() {
        return csv ? "audit-log.csv" : "audit-log.ndjson";
    }

    /** UNAVAILABLE before the first byte while {@value #MOST} others are written. */
    void write(OutputStream out) throws IOException {
        if (!PLACES.tryAcquire()) {
            throw Problem.UNAVAILABLE.because("As many exports of the audit log as may run at a time are running; try again later.");
        }
        try {
            writeAll(out);
        } finally {
            PLACES.release();
        }
    }

    /** If it fails in the middle, the last line says so: the client was told 200 by then, and half a file looks like a whole one. */
    private void writeAll(OutputStream out) throws IOException {
        Writer text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        text.write(csv ? HEADINGS : "");
        try {
            for (List<AuditEntryView> page = audit.findAfter(query, null, PAGE); !page.isEmpty();
                    page = audit.findAfter(query, page.get(page.size() - 1), PAGE)) {
                for (AuditEntryView entry : page) {
                    text.write(csv ? row(entry) : json.writeValueAsString(entry) + "\n");
                }
            }
        } catch (RuntimeException e) {
            text.write(csv ? cell(UNFINISHED) + "\r\n" : json.writeValueAsString(Map.of("error", UNFINISHED)) + "\n");
            text.flush();
            throw e;
        }
        text.flush();
    }

    private static String row(AuditEntryView entry) {
        return Stream.of(entry.id(), entry.writtenAt(), entry.userId(), entry.keyId(), entry.address(), entry.requestId(), entry.action(),
                entry.subject(), entry.result().name().toLowerCase(java.util.Locale.ROOT), entry.detail(), entry.before(), entry.after(),
                entry.position(), entry.hash())
                .map(member -> Optional.ofNullable(member).map(Object::toString).map(AuditExport::cell).orElse(""))
                .collect(Collectors.joining(",", "", "\r\n"));
    }

    /**
     * Quoted, and with an apostrophe before what a spreadsheet would run as a formula: at the beginning, and behind what other
     * spreadsheets than ours take for the end of a cell, whatever the quotes say.
     */
    private static String cell(String text) {
        return '"' + FORMULA.matcher(text).replaceAll("'").replace("\"", "\"\"") + '"';
    }
}
