package org.wallwhale.health;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.wallwhale.health.StatusView.Access;
import org.wallwhale.health.StatusView.Connection;
import org.wallwhale.health.StatusView.Figures;
import org.wallwhale.health.StatusView.Memory;
import org.wallwhale.health.StatusView.Readiness;
import org.wallwhale.health.StatusView.Services;
import org.wallwhale.health.StatusView.State;
import org.wallwhale.rest.Json;
import org.wallwhale.worker.Worker;
import org.wallwhale.workshop.Workshop;

/**
 * What is wrong with this instance, and what to do about it, for people and their tools; always 200, because it is the answer that was
 * asked for. The filter {@code monitor} of {@code web.xml} lets nobody here who may not read it.
 */
@WebServlet("/status")
public class StatusServlet extends HttpServlet {
    private static final long serialVersionUID = 1;
    private static final Trouble STEAM_SILENT = new Trouble("steam", Severity.DEGRADED,
            "Steam's Web API says nothing of items: downloads go on without titles, sizes and what is missing.",
            "Look whether this machine reaches wallwhale.workshop.base-url; Steam itself may be away, on Tuesdays for instance.");
    @Inject
    private transient Health health;
    @Inject
    private transient Workshop workshop;
    @Inject
    private transient Worker worker;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("application/json");
        response.getOutputStream().write(Json.MAPPER.writeValueAsBytes(view(health.all().checks(), workshop.isSilent())));
    }

    private StatusView view(List<Check> checks, boolean steamIsSilent) {
        List<Trouble> troubles = Stream.concat(checks.stream().flatMap(check -> check.troubles().stream()),
                steamIsSilent ? Stream.of(STEAM_SILENT) : Stream.empty())
                .sorted(Comparator.comparing(Trouble::severity).reversed()).toList();
        State state = troubles.isEmpty() ? State.OK : troubles.get(0).severity() == Severity.DOWN ? State.DOWN : State.DEGRADED;
        boolean steam = !steamIsSilent && Stream.of(EngineCheck.NAME, AccountsCheck.NAME).noneMatch(part -> isTroubled(troubles, part));
        return new StatusView(state, new Services(
                has(troubles, DatabaseCheck.NAME, Severity.DOWN) ? Connection.DISCONNECTED : Connection.CONNECTED,
                steam ? Readiness.READY : Readiness.UNAVAILABLE,
                has(troubles, StorageCheck.NAME, Severity.DOWN) ? Access.READONLY : Access.WRITABLE), figures(), troubles);
    }

    private static boolean isTroubled(List<Trouble> troubles, String part) {
        return Stream.of(Severity.values()).anyMatch(severity -> has(troubles, part, severity));
    }

    private static boolean has(List<Trouble> troubles, String part, Severity severity) {
        return troubles.stream().anyMatch(trouble -> trouble.service().equals(part) && trouble.severity() == severity);
    }

    private Figures figures() {
        Runtime memory = Runtime.getRuntime();
        return new Figures(ManagementFactory.getRuntimeMXBean().getUptime() / 1000,
                new Memory(memory.totalMemory() - memory.freeMemory(), memory.maxMemory()), worker.runs());
    }
}
