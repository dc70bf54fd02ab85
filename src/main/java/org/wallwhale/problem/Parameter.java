package org.wallwhale.problem;

/** Query parameters that are numbers. JAX-RS itself would answer 404 to one that is none. */
public final class Parameter {
    private Parameter() {
    }

    /** {@code absent} when {@code text} is null; INVALID, naming the parameter, for anything but a whole number within bounds. */
    public static int number(String name, String text, int absent, int min, int max) {
        if (text == null) {
            return absent;
        }
        int value = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
        if (value >= min && value <= max) {
            return value;
        }
        throw Problem.INVALID.because("The query parameter \"" + name + "\" must be a whole number from " + min + " to " + max + ".");
    }
}
