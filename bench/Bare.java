import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Application;

/** The least that a call costs on a server as it comes: {@code tuned.py} makes a WAR of this alone. */
@ApplicationPath("/api/v1")
public class Bare extends Application {
    @Path("/hello")
    public static class Greeting {
        @GET
        @Produces("text/plain")
        public String hello() {
            return "hello";
        }
    }
}
