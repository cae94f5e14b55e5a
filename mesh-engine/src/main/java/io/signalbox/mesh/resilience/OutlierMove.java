package io.signalbox.mesh.resilience;

/** An endpoint was left out, or serves again. */
public sealed interface OutlierMove {

    String instance();

    record Ejected(String instance, Ejection ejection) implements OutlierMove {}

    record Returned(String instance, End end) implements OutlierMove {}

    /** What ended an ejection. */
    enum End {
        TIME_OVER,
        /** It is no longer among the endpoints that may be called. */
        NOT_LISTED,
        /** The policy asks for no outlier detection any more. */
        RULE_REMOVED
    }
}
