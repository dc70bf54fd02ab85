package org.wallwhale.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wallwhale.problem.Problem;
import org.wallwhale.problem.ProblemException;

class DownloadQueryTest {
    @Test
    void withoutParametersItIsTheFirstFiftyNewestFirst() {
        DownloadQuery query = DownloadQuery.of(null, null, null, null, null, null, null);
        assertThat(query.limit()).isEqualTo(50);
        assertThat(query.offset()).isZero();
        assertThat(query.after()).isEmpty();
        assertThat(query.statuses()).isEmpty();
        assertThat(query.pubfileId()).isEmpty();
        assertThat(query.text()).isEmpty();
        assertThat(query.newestFirst()).isTrue();
    }

    @Test
    void everyParameterIsRead() {
        DownloadQuery query = DownloadQuery.of("1", "7", null, "queued,Running,FAILED", "123", " Größe ", "createdAt");
        assertThat(query.limit()).isEqualTo(1);
        assertThat(query.offset()).isEqualTo(7);
        assertThat(query.statuses()).containsExactly(Status.QUEUED, Status.RUNNING, Status.FAILED);
        assertThat(query.pubfileId()).contains("123");
        assertThat(query.text()).contains("Größe");
        assertThat(query.newestFirst()).isFalse();
    }

    @Test
    void whoseItIsAndWhatAsksAreSaidByName() {
        DownloadQuery query = DownloadQuery.of(null, null, null, null, null, null, null);
        UUID user = UUID.randomUUID();
        assertThat(query.whose()).isEqualTo(new DownloadQuery.Whose.Own());
        assertThat(query.asking("true").needsInput()).isTrue();
        assertThat(query.asking("true").statuses()).as("only what runs asks").containsExactly(Status.RUNNING);
        assertThat(query.asking(null).needsInput()).isFalse();
        assertThat(query.asking(null).statuses()).isEmpty();
        assertThat(query.asking("true").everybodys(user.toString())).isEqualTo(query.everybodys(user.toString()).asking("true"));
        assertThat(query.everybodys(null).whose()).isEqualTo(new DownloadQuery.Whose.Everybodys(Optional.empty()));
        assertThatThrownBy(() -> query.asking("false")).isInstanceOf(ProblemException.class).hasMessageContaining("\"needsInput\"");
        assertThatThrownBy(() -> query.everybodys("me")).isInstanceOf(ProblemException.class).hasMessageContaining("\"userId\"");
    }

    @Test
    void aBlankTextFiltersNothing() {
        assertThat(DownloadQuery.of(null, null, null, null, null, "  ", null).text()).isEmpty();
    }

    @Test
    void aCursorComesBackAsItWasGiven() {
        DownloadQuery.Cursor cursor = new DownloadQuery.Cursor(Instant.parse("2026-01-02T03:04:05.678Z"), UUID.randomUUID());
        assertThat(DownloadQuery.of(null, null, cursor.text(), null, null, null, null).after()).contains(cursor);
        assertThat(cursor.text()).matches("[A-Za-z0-9_-]+");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "null", value = {
        "0          | null | null   | null | limit",
        "201        | null | null   | null | limit",
        "-1         | null | null   | null | limit",
        "''         | null | null   | null | limit",
        "1.5        | null | null   | null | limit",
        "2147483648 | null | null   | null | limit",
        "ten        | null | null   | null | limit",
        "１         | null | null   | null | limit",
        "+1         | null | null   | null | limit",
        "null       | -1   | null   | null | offset",
        "null       | 1000001 | null | null | offset",
        "null       | x    | null   | null | offset",
        "null       | null | done   | null | status",
        "null       | null | ''     | null | status",
        "null       | null | queued, | null | status",
        "null       | null | null   | id   | sort",
        "null       | null | null   | ''   | sort",
    })
    void aBadParameterIsRefusedByName(String limit, String offset, String status, String sort, String named) {
        assertThatThrownBy(() -> DownloadQuery.of(limit, offset, null, status, null, null, sort))
                .isInstanceOfSatisfying(ProblemException.class, refused -> assertThat(refused.problem())
                        .isEqualTo(Problem.INVALID))
                .hasMessageContaining("\"" + named + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "!", "eA", "2026-01-01T00:00:00Z|x", "2026-01-01T00:00:00Z", "|",
        "x|11111111-1111-1111-1111-111111111111",
        "+1000000000-12-31T23:59:59Z|11111111-1111-1111-1111-111111111111",
        "-1000000000-01-01T00:00:00Z|11111111-1111-1111-1111-111111111111"})
    void whatIsNoCursorIsRefused(String text) {
        String encoded = Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
        for (String after : new String[] {text, encoded}) {
            assertThatThrownBy(() -> DownloadQuery.of(null, null, after, null, null, null, null))
                    .isInstanceOf(ProblemException.class).hasMessageContaining("\"after\"");
        }
    }
}
