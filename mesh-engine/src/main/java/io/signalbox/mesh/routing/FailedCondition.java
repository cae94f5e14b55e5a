package io.signalbox.mesh.routing;

/**
 * A condition of a rule that a request does not meet.
 *
 * @param subject what is looked at, such as {@code method} or {@code header x-user-type}
 * @param expected what the rule asks for
 * @param found what the request has; {@value #ABSENT} when it has none
 */
public record FailedCondition(String subject, String expected, String found) {

    public static final String ABSENT = "absent";
}
