package org.wallwhale.quota;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.wallwhale.access.Scope;
import org.wallwhale.problem.Problem;

/** What API keys were used for, for administrators. */
@Path("/admin/api-keys/{id}/usage")
@ApplicationScoped
@Tag(name = "API keys")
@Produces(MediaType.APPLICATION_JSON)
public class KeyUsageResource {
    private static final LocalDate FIRST = LocalDate.of(1970, 1, 1);
    private static final LocalDate LAST = LocalDate.of(9999, 12, 31);
    @Inject
    private UsageService usage;

    /** Both days included, in UTC. What was called within the last seconds may be missing. */
    @GET
    @RolesAllowed(Scope.ADMIN_READ)
    @Operation(operationId = "getApiKeyUsage", summary = "The calls of an API key by UTC day and endpoint",
            description = "Both days included. Days without a call are left out, days older than 400 are gone, and the last seconds "
                    + "may be missing.")
    public KeyUsage get(@PathParam("id") UUID id,
            @Parameter(description = "First day in UTC, included", schema = @Schema(type = SchemaType.STRING, format = "date"))
            @QueryParam("startDate") String startDate,
            @Parameter(description = "Last day in UTC, included", schema = @Schema(type = SchemaType.STRING, format = "date"))
            @QueryParam("endDate") String endDate) {
        LocalDate from = day("startDate", startDate, FIRST);
        LocalDate until = day("endDate", endDate, LAST);
        if (until.isBefore(from)) {
            throw Problem.INVALID.because("The query parameter \"endDate\" must not be before \"startDate\".");
        }
        return usage.find(id, from, until);
    }

    private static LocalDate day(String name, String text, LocalDate absent) {
        try {
            LocalDate day = text == null ? absent : LocalDate.parse(text);
            if (!day.isBefore(FIRST) && !day.isAfter(LAST)) {
                return day;
            }
        } catch (DateTimeParseException e) {
            // told below, together with years out of range
        }
        throw Problem.INVALID.because("The query parameter \"" + name + "\" must be a date such as 2026-01-31.");
    }
}
