package org.wallwhale.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageServletTest {
    @ParameterizedTest
    @CsvSource({"/app/main.js,true", "/app/fonts/a.svg,true", "/app//main.js,false", "/app/./main.js,false", "/app/../WEB-INF/web.xml,false",
        "/app/.hidden.js,false", "/app/..\\WEB-INF\\web.xml,false"})
    void aFileHasOnePath(String path, boolean plain) {
        assertThat(PageServlet.isPlain(path)).isEqualTo(plain);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"gzip|true", "gzip, deflate, br|true", "br;q=1.0, gzip;q=0.8|true", "br,gzip|true", "GZIP|true", "gzip;q=0.01|true",
        "gzip;q=0|false", "gzip; q=0.000, br|false", "br|false", "notgzip|false", "|false"})
    void whatRefusesGzipDoesNotGetIt(String accepted, boolean takes) {
        assertThat(PageServlet.takesGzip(accepted)).isEqualTo(takes);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"\"a\"|true", "W/\"a\"|true", "\"b\", \"a\"|true", "\"b\",W/\"a\"|true", "*|true", "\"b\"|false", "a|false", "|false"})
    void aTagIsLookedForInAList(String ifNoneMatch, boolean matches) {
        assertThat(PageServlet.matches(ifNoneMatch, "\"a\"")).isEqualTo(matches);
    }
}
