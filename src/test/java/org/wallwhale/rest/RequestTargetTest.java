package org.wallwhale.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTargetTest {
    @ParameterizedTest
    @ValueSource(strings = {"/", "*", "/api/v1/downloads", "/%C3%A4", "/\u00c3\u00a4", "/%e5%A3%81", "/100%25", "/a/../b", "//a", "/a/./b/..",
        "/a;b=c", "/%2F", "http://host/api", "HTTPS://host:8080/", "http://host"})
    void whatCanBeReadHasNoFault(String path) {
        assertThat(RequestTarget.fault(path, "host")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"/%, two hexadecimal digits", "/%1, two hexadecimal digits", "/%zz, two hexadecimal digits",
        "/a%2, two hexadecimal digits", "/%-1, two hexadecimal digits", "/a;x=%zz, two hexadecimal digits",
        "http://host/%zz, two hexadecimal digits", "/%00, neither", "/a\\b, neither", "/%5C, neither",
        "/%ff, not UTF-8", "/%c0%af, not UTF-8", "/%C3, not UTF-8", "/%ed%a0%80, not UTF-8",
        "/.., steps up", "/a/../.., steps up", "/%2e%2e/a, steps up", "host:80, begin with", "a, begin with"})
    void whatCannotBeReadIsToldInASentence(String path, String told) {
        assertThat(RequestTarget.fault(path, null)).hasValueSatisfying(sentence -> assertThat(sentence).contains(told).endsWith("."));
    }

    @Test
    void theEmptyAddressIsNone() {
        assertThat(RequestTarget.fault("", "host")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1:8080", "[::1]", "[::1]:8080", "a_b.example", "host:", " host "})
    void aHostIsANameOrAddressWithAPort(String host) {
        assertThat(RequestTarget.fault("/", host)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a:b", "a:b:c", "host:123456", "[::1", "::1", "user@host", "host/path", "a b"})
    void anythingElseIsNoHost(String host) {
        assertThat(RequestTarget.fault("/", host)).hasValueSatisfying(sentence -> assertThat(sentence).contains("Host header"));
    }
}
