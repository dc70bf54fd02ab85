package org.wallwhale.rest;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.wallwhale.problem.Problem;
import org.wallwhale.problem.ProblemException;

/**
 * Reads and writes JSON with {@link Json}, in place of the server's own and laxer provider. It is declared for records, which
 * all wire types are: between providers for {@code Object} Jersey's choice differs from one start to the next, while the nearer
 * type always wins (JAX-RS 3.1, section 4.2.4).
 */
@Provider
@Consumes({MediaType.APPLICATION_JSON, MergePatch.MEDIA_TYPE})
@Produces({MediaType.APPLICATION_JSON, ProblemBody.MEDIA_TYPE})
public class JsonProvider implements MessageBodyReader<Record>, MessageBodyWriter<Record> {
    @Override
    public boolean isReadable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return isOurs(type);
    }

    @Override
    public boolean isWriteable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return isOurs(type);
    }

    /** Null for an empty body, where that is allowed. */
    @Override
    public Record readFrom(Class<Record> type, Type genericType, Annotation[] annotations, MediaType mediaType,
            MultivaluedMap<String, String> headers, InputStream body) throws IOException {
        try (JsonParser parser = Json.MAPPER.createParser(body)) {
            if (parser.nextToken() == null && Stream.of(annotations).noneMatch(NotNull.class::isInstance)) {
                return null;
            }
            if (parser.currentToken() == null) {
                throw Problem.MALFORMED.because("The body is empty; send a JSON object.");
            }
            return Json.MAPPER.readValue(parser, Json.MAPPER.constructType(genericType));
        } catch (JsonProcessingException e) {
            throw malformed(e);
        }
    }

    @Override
    public void writeTo(Record value, Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType,
            MultivaluedMap<String, Object> headers, OutputStream body) throws IOException {
        Json.MAPPER.writeValue(body, value);
    }

    private static boolean isOurs(Class<?> type) {
        return type.isRecord() && type.getName().startsWith("org.wallwhale.");
    }

    static ProblemException malformed(JsonProcessingException fault) {
        if (fault.getCause() instanceof ProblemException problem) {
            return problem;
        }
        return malformed(fault, fault instanceof JsonMappingException mapping ? pointer(mapping) : "");
    }

    private static ProblemException malformed(JsonProcessingException fault, String pointer) {
        JsonLocation location = fault.getLocation();
        // a merge patch has none
        String where = location == null || location.getLineNr() < 1 ? ""
                : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
        return Problem.MALFORMED.at(pointer, JsonFault.sentence(fault) + where);
    }

    private static String pointer(JsonMappingException fault) {
        return fault.getPath().stream()
                .map(step -> "/" + (step.getFieldName() == null ? String.valueOf(step.getIndex()) : escaped(step.getFieldName())))
                .collect(Collectors.joining());
    }

    private static String escaped(String member) {
        return JsonFault.onOneLine(member).replace("~", "~0").replace("/", "~1");
    }
}
