package org.wallwhale.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import org.eclipse.microprofile.auth.LoginConfig;

/**
 * The API below {@code /api/v1}. It must be a bean: Payara finds {@code @LoginConfig} on beans only, and would answer every call
 * with 401 otherwise (seen on Payara Micro 6.2025.10).
 */
@ApplicationScoped
@ApplicationPath("/api/v1")
@LoginConfig(authMethod = "MP-JWT")
public class RestApplication extends Application {
    /** Jersey would describe the API at {@code application.wadl}, by the names of classes. */
    @Override
    public Map<String, Object> getProperties() {
        return Map.of("jersey.config.server.wadl.disableWadl", true);
    }
}
