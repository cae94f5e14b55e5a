package io.signalbox.mesh.lint;

import java.util.Locale;

/**
 * One thing that policies do together.
 *
 * @param service whose policy to change
 * @param place where in it, or between whom; without figures, so that a note stays the same while only its figures change
 * @param found what happens, with its numbers
 * @param fix what to write instead
 */
public record LintFinding(Rule rule, String service, String place, String found, String fix) {

    /** Whether both are about the same thing, whatever their figures. */
    public boolean repeats(LintFinding other) {
        return rule == other.rule && service.equals(other.service) && place.equals(other.place);
    }

    /** What is looked for. */
    public enum Rule {
        /** A routing rule comes behind one that takes all that it would take. */
        UNREACHABLE_RULE,
        /** Retries of one layer are multiplied by those of the next. */
        AMPLIFICATION,
        /** A callee is waited for longer than its caller is. */
        TIMEOUT_INVERSION,
        /** Attempts that the timeout leaves no time for. */
        RETRIES_CUT_OFF,
        /** What may not be done twice is tried again. */
        UNSAFE_RETRY,
        /** Every endpoint may be left out at once, and nothing says when that is too many. */
        ALL_ENDPOINTS_EJECTABLE,
        /** A policy breaks something on purpose. */
        FAULTS_ON,
        /** A fault lets nobody through. */
        EVERY_CALL_FAILS,
        /** A fault holds requests back for longer than anybody waits. */
        FAULT_OUTLASTS_TIMEOUT,
        /** A fault befalls a version that no request goes to. */
        FAULT_ON_UNKNOWN_VERSION,
        /** Copies would go to nobody. */
        MIRROR_TO_NOBODY,
        /** Copies go where the requests go that they are made of. */
        MIRROR_TO_ITSELF,
        /** A copy leads to calls of which copies are made. */
        MIRROR_CYCLE,
        /** Somebody who calls now may not any more. */
        CALLERS_REFUSED,
        /** A service is shut to everybody. */
        NOBODY_MAY_CALL,
        /** Rules that allow what is allowed anyway. */
        ALLOW_RULES_IDLE,
        /** An authorization rule that no call can meet. */
        RULE_NEVER_MET,
        /** An authorization rule names a caller that nobody has heard of. */
        UNKNOWN_CALLER,
        /** Faults and mirrors of a service whose connections they do not concern. */
        NOT_HTTP;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
