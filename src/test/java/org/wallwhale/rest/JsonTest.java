package org.wallwhale.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wallwhale.problem.ProblemException;

class JsonTest {
    enum Colour {
        DARK_RED
    }

    record Body(String text, Integer number, Boolean flag, Instant time, Colour colour, List<String> list, ObjectNode any) {
    }

    record Size(Integer width, Integer height) {
    }

    record Picture(String name, @JsonUnwrapped Size size, Boolean framed) {
    }

    record Album(String name, List<Picture> pictures) {
    }

    @Test
    void whatIsUnwrappedHasItsMembersAmongThoseOfItsHolder() throws Exception {
        String json = "{\"name\":\"a\",\"pictures\":[{\"name\":\"b\",\"width\":5,\"height\":null,\"framed\":true}]}";
        Album album = new Album("a", List.of(new Picture("b", new Size(5, null), true)));
        assertThat(Json.MAPPER.readValue(json, Album.class)).isEqualTo(album);
        assertThat(Json.MAPPER.treeToValue(Json.MAPPER.readTree(json), Album.class)).isEqualTo(album);
        assertThat(Json.MAPPER.writeValueAsString(album)).isEqualTo(json);
        assertThat(Json.MAPPER.readValue("{}", Picture.class)).isEqualTo(new Picture(null, new Size(null, null), null));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"colour\":1}                      | /pictures/1/colour | There is no member named \"colour\" here.",
        "{\"colour\":{\"width\":1}}          | /pictures/1/colour | There is no member named \"colour\" here.",
        "{\"width\":1,\"pictures\":[]}       | /pictures/1/pictures | There is no member named \"pictures\" here.",
        "{\"size\":{\"width\":1}}            | /pictures/1/size   | There is no member named \"size\" here.",
        "{\"size\":null}                     | /pictures/1/size   | There is no member named \"size\" here.",
        "{\"width\":\"1\"}                   | /pictures/1/width  | A value of the wrong kind stands here; a number within range is expected.",
        "{\"width\":99999999999}             | /pictures/1/width  | A number does not fit here; a number within range is expected.",
        "{\"framed\":1}                      | /pictures/1/framed | The value \"1\" does not fit here; true or false is expected.",
        "{\"width\":1,\"width\":2}           | /pictures/1        | A member is given twice.",
    })
    void whatIsUnwrappedIsReadAsStrictly(String picture, String pointer, String sentence) {
        assertThatThrownBy(() -> Json.MAPPER.readValue("{\"pictures\":[{}," + picture + "]}", Album.class))
                .isInstanceOfSatisfying(JsonProcessingException.class, fault -> {
            ProblemException problem = JsonProvider.malformed(fault);
            assertThat(problem.pointer()).contains(pointer);
            assertThat(problem.getMessage()).startsWith(sentence).doesNotContain("-1");
        });
    }

    @Test
    void everyMemberIsReadAndWrittenBackWithNullsPresent() throws Exception {
        String json = """
                {"text":"Größe 壁紙","number":7,"flag":null,\
                "time":"2026-01-02T03:04:05.600Z","colour":"dark_red","list":["a"],"any":{"\uD83D\uDC0B":["\uD83D\uDC0B",{"a":null}]}}""";
        Body body = Json.MAPPER.readValue(json, Body.class);
        assertThat(body).isEqualTo(new Body("Größe 壁紙", 7, null, Instant.parse("2026-01-02T03:04:05.600Z"), Colour.DARK_RED,
                List.of("a"), (ObjectNode) Json.MAPPER.readTree("{\"\uD83D\uDC0B\":[\"\uD83D\uDC0B\",{\"a\":null}]}")));
        assertThat(Json.MAPPER.writeValueAsString(body)).isEqualTo(json);
    }

    @Test
    void absentMembersAreNull() throws Exception {
        assertThat(Json.MAPPER.readValue("{}", Body.class)).isEqualTo(new Body(null, null, null, null, null, null, null));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"txt\":\"a\"}                     | There is no member named \"txt\" here.",
        "{\"text\":\"a\",\"text\":\"b\"}     | A member is given twice.",
        "{\"text\":5}                        | A value of the wrong kind stands here; a text is expected.",
        "{\"text\":5.5}                      | A value of the wrong kind stands here; a text is expected.",
        "{\"text\":true}                     | A value of the wrong kind stands here; a text is expected.",
        "{\"text\":[\"a\"]}                  | A value of the wrong kind stands here; a text is expected.",
        "{\"text\":{}}                       | A value of the wrong kind stands here; a text is expected.",
        "{\"text\":\"a\\u0000b\"}            | The character U+0000 is not allowed in text.",
        "{\"list\":[\"a\\u0000b\"]}          | The character U+0000 is not allowed in text.",
        "{\"text\":\"a\\ud83d\"}             | The character U+D83D is not allowed in text.",
        "{\"text\":\"\\udc0b\\ud83d\"}       | The character U+DC0B is not allowed in text.",
        "{\"any\":{\"a\":[{\"b\":\"\\udc0b\"}]}} | The character U+DC0B is not allowed in text.",
        "{\"any\":{\"\\ud83d\":1}}           | The character U+D83D is not allowed in text.",
        "{\"any\":{\"a\":\"\\u0000\"}}       | The character U+0000 is not allowed in text.",
        "{\"any\":[]}                        | A value of the wrong kind stands here; an object is expected.",
        "{\"number\":\"3\"}                  | A value of the wrong kind stands here; a number within range is expected.",
        "{\"number\":1.5}                    | The value \"1.5\" does not fit here; a number within range is expected.",
        "{\"flag\":\"yes\"}                  | A value of the wrong kind stands here; true or false is expected.",
        "{\"flag\":1}                        | The value \"1\" does not fit here; true or false is expected.",
        "{\"time\":\"tomorrow\"}             | The value \"tomorrow\" does not fit here; a time such as 2026-01-31T12:00:00Z is expected.",
        "{\"colour\":\"blue\"}               | The value \"blue\" does not fit here; one of the documented words is expected.",
        "{\"text\":\"a\"} x                  | The body is not valid JSON.",
        "{\"text\":\"a\"}{}                  | The body goes on after the end of the JSON object.",
        "[]                                  | A value of the wrong kind stands here; an object is expected.",
        "{\"list\":\"a\"}                    | A value of the wrong kind stands here; a list is expected.",
        "{                                   | The body is not valid JSON.",
        "{\"text\":'a'}                      | The body is not valid JSON.",
        "{\"number\":NaN}                    | The body is not valid JSON.",
        "{\"number\":01}                     | The body is not valid JSON.",
    })
    void whatIsNotExactlyRightIsRefusedInPlainWords(String json, String sentence) {
        assertThatThrownBy(() -> Json.MAPPER.readValue(json, Body.class))
                .isInstanceOfSatisfying(JsonProcessingException.class, fault -> {
            String told = JsonFault.sentence(fault);
            assertThat(told).doesNotContain("org.", "java", "Exception", "Body").endsWith(".");
            if (sentence != null) {
                assertThat(told).isEqualTo(sentence);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999999999", "-99999999999", "1E+10", "1E+2147483647", "1e400", "2147483648"})
    void aNumberOutOfRangeIsRefusedAndNotComputed(String number) {
        assertThatThrownBy(() -> Json.MAPPER.readValue("{\"number\":" + number + "}", Body.class))
                .isInstanceOfSatisfying(JsonProcessingException.class, fault -> assertThat(JsonFault.sentence(fault))
                        .contains("number"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "5.5", "1E+2147483647", "\"2026-01-01\"", "\"+10000-01-01T00:00:00Z\"",
        "\"-0001-01-01T00:00:00Z\"", "\"\"", "{}",
        "\"+1000000000-12-31T23:59:59.999999999Z\"", "\"0000-12-31T23:59:59Z\""})
    void whatIsNoTimeIsRefused(String time) {
        assertThatThrownBy(() -> Json.MAPPER.readValue("{\"time\":" + time + "}", Body.class))
                .isInstanceOfSatisfying(JsonProcessingException.class, fault -> assertThat(JsonFault.sentence(fault))
                        .contains("a time such as"));
    }

    @Test
    void aTimeMayHaveAnOffset() throws Exception {
        assertThat(Json.MAPPER.readValue("{\"time\":\"2026-01-01T02:00:00+02:00\"}", Body.class).time())
                .isEqualTo("2026-01-01T00:00:00Z");
    }

    @Test
    void deepNestingIsRefused() {
        assertThatThrownBy(() -> Json.MAPPER.readTree("[".repeat(100_000) + "]".repeat(100_000)))
                .isInstanceOfSatisfying(JsonProcessingException.class, fault -> assertThat(JsonFault.sentence(fault))
                        .contains("nested too deeply"));
    }

    @Test
    void aLongValueIsQuotedShortened() {
        assertThatThrownBy(() -> Json.MAPPER.readValue("{\"colour\":\"" + "x".repeat(1000) + "\"}", Body.class))
                .isInstanceOfSatisfying(JsonProcessingException.class, fault -> assertThat(JsonFault.sentence(fault))
                        .hasSizeLessThan(200).contains("xxx…"));
    }
}
