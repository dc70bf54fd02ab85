package org.wallwhale.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;

/** Says in plain words what is wrong with a JSON text; the parser's own messages name classes. */
final class JsonFault {
    private JsonFault() {
    }

    static String sentence(JsonProcessingException fault) {
        if (fault instanceof UnrecognizedPropertyException unknown) {
            return "There is no member named \"" + shortened(unknown.getPropertyName()) + "\" here.";
        }
        if (fault instanceof StreamConstraintsException) {
            return "The JSON is nested too deeply, or holds a number or name that is too long.";
        }
        if (fault.getCause() instanceof InputCoercionException number) {
            return "A number does not fit here" + expected(number.getTargetType()) + ".";
        }
        // Where a text is expected, a number may be somebody's password.
        if (fault instanceof InvalidFormatException format && format.getTargetType() != String.class) {
            return "The value \"" + shortened(String.valueOf(format.getValue())) + "\" does not fit here"
                    + expected(format.getTargetType()) + ".";
        }
        String message = fault.getOriginalMessage();
        if (fault instanceof MismatchedInputException mismatch) {
            return message.startsWith("The character U+") ? message
                    : message.startsWith("Trailing token") ? "The body goes on after the end of the JSON object."
                    : "A value of the wrong kind stands here" + expected(mismatch.getTargetType()) + ".";
        }
        return message.startsWith("Duplicate field") ? "A member is given twice." : "The body is not valid JSON.";
    }

    private static String expected(Class<?> type) {
        if (type == null || type == Object.class) {
            return "";
        }
        if (type.isEnum()) {
            return "; one of the documented words is expected";
        }
        if (Number.class.isAssignableFrom(type) || type.isPrimitive() && type != boolean.class) {
            return "; a number within range is expected";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "; true or false is expected";
        }
        if (type == java.time.Instant.class) {
            return "; a time such as 2026-01-31T12:00:00Z is expected";
        }
        if (java.util.Collection.class.isAssignableFrom(type)) {
            return "; a list is expected";
        }
        return type == String.class ? "; a text is expected" : "; an object is expected";
    }

    /** However it was sent. */
    static String onOneLine(String text) {
        return text.replaceAll("\\p{Cc}", "\uFFFD");
    }

    private static String shortened(String text) {
        String line = onOneLine(text);
        return line.length() <= 80 ? line : line.substring(0, 80) + "…";
    }
}
