package org.wallwhale;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.security.RolesAllowed;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.wallwhale.openapi.Resources;

class ApiDocumentTest {
    private static final Pattern ROW = Pattern.compile("^\\| ([A-Z]+) \\| `([^`]+)` \\| ([^ ]+) \\|", Pattern.MULTILINE);

    @Test
    void itsTableHoldsEveryAddressWithItsScopeAndNoOther() throws IOException {
        Map<String, String> told = new TreeMap<>();
        Matcher row = ROW.matcher(Files.readString(Path.of("docs", "api.md")));
        while (row.find()) {
            told.put(row.group(1) + " " + row.group(2), row.group(3));
        }
        Map<String, String> real = new TreeMap<>();
        Resources.operations().forEach((operation, method) -> real.put(operation, scope(method)));
        assertThat(told).isEqualTo(real);
    }

    private static String scope(Method method) {
        RolesAllowed roles = method.getAnnotation(RolesAllowed.class);
        return roles == null ? "–" : String.join(",", roles.value()).replace("**", "any");
    }
}
