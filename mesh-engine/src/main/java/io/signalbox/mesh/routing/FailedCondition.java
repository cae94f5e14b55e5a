package io.signalbox.mesh.routing;

/**
 * A condition of a rule that a request does not meet.
 *
 * @param subject what is looked at, such as {@code method} or {@code header x-user-type}
 * @param expected what the rule asks for, such as {@code premium}, {@code begins with prem} or {@value #PRESENT}
 * @param found what the request has, several values with commas between; {@value #ABSENT} when it has none
 */
public record FailedCondition(String subject, String expected, String found) {

    public static final String ABSENT = "absent";
    public static final String PRESENT = "present";
    public static final String UNKNOWN = "unknown";
}
