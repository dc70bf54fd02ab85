package org.wallwhale.admin;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.wallwhale.access.Scope;
import org.wallwhale.audit.AuditEntryView;
import org.wallwhale.audit.AuditQuery;
import org.wallwhale.audit.AuditService;
import org.wallwhale.audit.AuditVerification;
import org.wallwhale.audit.AuditVerifier;
import org.wallwhale.problem.Parameter;
import org.wallwhale.rest.Json;

/** The audit log, for administrators: searched, exported, and checked against tampering. Nothing here changes it. */
@Path("/admin/audit-logs")
@ApplicationScoped
@Tag(name = "Audit log")
@Produces(MediaType.APPLICATION_JSON)
public class AuditLogsResource {
    private static final int MOST = 200;
    @Inject
    private AuditService audit;
    @Inject
    private AuditVerifier verifier;

    @GET
    @RolesAllowed(Scope.ADMIN_READ)
    @Operation(operationId = "listAuditLogs", summary = "A page of the audit log, newest first",
            description = "Entries are written in the transaction of what they tell. `pagination.total` is counted up to 10,000.")
    public AuditLogList list(@QueryParam("limit") String limit, @QueryParam("offset") String offset, @QueryParam("userId") String userId,
            @QueryParam("action") String action, @QueryParam("startDate") String startDate, @QueryParam("endDate") String endDate) {
        AuditQuery query = AuditQuery.of(userId, action, startDate, endDate);
        int most = Parameter.number("limit", limit, 50, 1, MOST);
        int first = Parameter.number("offset", offset, 0, 0, 1_000_000);
        List<AuditEntryView> found = audit.find(query, most + 1, first);
        boolean hasMore = found.size() > most;
        return new AuditLogList(hasMore ? found.subList(0, most) : found,
                new AuditLogList.Pagination(audit.count(query), most, first, hasMore));
    }

    /** Oldest first, as a file: {@code ndjson} (one JSON object a line) or {@code csv} (RFC 4180). */
    @GET
    @Path("/export")
    @Produces({AuditExport.NDJSON, AuditExport.CSV})
    @RolesAllowed(Scope.ADMIN_READ)
    @Operation(operationId = "exportAuditLogs", summary = "The audit log as a file, oldest first",
            description = "One JSON object a line, or RFC 4180 with a line of headings. Two exports at a time on an instance. If the "
                    + "server fails in the middle, the last line says so.")
    @APIResponse(responseCode = "503", description = "Two exports run already, or the server is starting, stopping or without its "
                    + "database")
    @APIResponse(responseCode = "200", description = "The file", headers = @Header(name = "Content-Disposition", ref = "Content-Disposition"),
            content = {@Content(mediaType = AuditExport.NDJSON), @Content(mediaType = AuditExport.CSV)})
    public Response export(@QueryParam("format") String format, @QueryParam("userId") String userId,
            @QueryParam("action") String action, @QueryParam("startDate") String startDate, @QueryParam("endDate") String endDate) {
        AuditExport export = AuditExport.of(format, audit, AuditQuery.of(userId, action, startDate, endDate),
                Json.MAPPER);
        return Response.ok((StreamingOutput) export::write, export.mediaType())
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + export.fileName() + "\"").build();
    }

    /** Recomputes the whole chain, which takes a core about a second for 30,000 entries; one at a time on each instance. */
    @GET
    @Path("/verification")
    @RolesAllowed(Scope.ADMIN_READ)
    @Operation(operationId = "verifyAuditLogs", summary = "Whether anything in the audit log was changed or removed",
            description = "Recomputes the whole chain of hashes: a core takes about a second for 30,000 entries. One at a time on an "
                    + "instance.")
    @APIResponseSchema(AuditVerification.class)
    @APIResponse(responseCode = "503", description = "A verification runs already, or the server is starting, stopping or without "
                    + "its database")
    public AuditVerification verify() {
        return verifier.verify();
    }
}
