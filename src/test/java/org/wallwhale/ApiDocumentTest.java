package org.wallwhale;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ApiDocumentTest {
    private static final Pattern ROW = Pattern.compile("^\\| ([A-Z]+) \\| `([^`]+)` \\|", Pattern.MULTILINE);

    @Test
    void itsTableHoldsEveryAddressAndNoOther() throws IOException {
        Set<String> told = new TreeSet<>();
        Matcher row = ROW.matcher(Files.readString(java.nio.file.Path.of("docs", "api.md")));
        while (row.find()) {
            told.add(row.group(1) + " " + row.group(2));
        }
        assertThat(told).isEqualTo(addresses());
    }

    private static Set<String> addresses() {
        Set<String> addresses = new TreeSet<>();
        for (JavaClass resource : new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.wallwhale")) {
            if (resource.isAnnotatedWith(Path.class)) {
                for (JavaMethod method : resource.getMethods()) {
                    method.getAnnotations().stream().map(annotation -> annotation.getRawType().tryGetAnnotationOfType(HttpMethod.class))
                            .flatMap(found -> found.stream())
                            .forEach(found -> addresses.add(found.value() + " " + path(resource, method)));
                }
            }
        }
        return addresses;
    }

    private static String path(JavaClass resource, JavaMethod method) {
        String below = method.tryGetAnnotationOfType(Path.class).map(Path::value).orElse("");
        return (resource.getAnnotationOfType(Path.class).value() + below).replaceAll("\\{(\\w+):[^}]*}", "{$1}");
    }
}
