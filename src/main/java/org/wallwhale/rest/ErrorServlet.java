package org.wallwhale.rest;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.wallwhale.problem.Problem;
import org.wallwhale.problem.ProblemException;

/** Answers what never reached the API, such as unknown addresses, with the same kind of problem. Mapped in {@code web.xml}. */
@WebServlet("/error")
public class ErrorServlet extends HttpServlet {
    private static final long serialVersionUID = 1;
    private static final Logger LOG = System.getLogger(ErrorServlet.class.getName());

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        Faults faults = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable thrown ? logged(thrown, request)
                : Faults.ofStatus(status instanceof Integer code ? code : 404);
        answer(faults, request, response);
    }

    private static Faults logged(Throwable thrown, HttpServletRequest request) {
        Faults faults = Faults.of(thrown instanceof ServletException && thrown.getCause() != null ? thrown.getCause() : thrown);
        if (!faults.expected()) {
            LOG.log(Level.ERROR, "Request " + RequestId.of(request) + " failed", thrown);
        }
        return faults;
    }

    /** For filters, which come before the API. */
    public static void answer(ProblemException problem, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (problem.problem() == Problem.UNAUTHENTICATED) {
            response.setHeader("WWW-Authenticate", ProblemMapper.challenge(request, problem));
        }
        answer(Faults.of(problem), request, response);
    }

    static void answer(Faults faults, HttpServletRequest request, HttpServletResponse response) throws IOException {
        request.setAttribute(Problem.class.getName(), faults.problem());
        response.setStatus(faults.problem().status());
        response.setContentType(ProblemBody.MEDIA_TYPE);
        if (faults.problem() == Problem.UNAVAILABLE) {
            response.setHeader("Retry-After", "5");
        }
        Json.MAPPER.writeValue(response.getOutputStream(),
                ProblemBody.of(faults.problem(), faults.detail(), faults.faults(), RequestId.of(request)));
    }
}
