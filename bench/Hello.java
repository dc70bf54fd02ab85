import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;

/** What a call costs that does nothing: {@code calls.py} puts it into a copy of the WAR, the product has no such address. */
@Path("/hello")
@ApplicationScoped
public class Hello {
    @GET
    @PermitAll
    @Produces("text/plain")
    public String hello() {
        return "hello";
    }
}
