package io.signalbox.mesh.resilience;

import io.signalbox.mesh.model.EjectionEnd;

/** An endpoint was left out, or serves again. */
public sealed interface OutlierMove {

    String instance();

    record Ejected(String instance, Ejection ejection) implements OutlierMove {}

    record Returned(String instance, EjectionEnd end) implements OutlierMove {}
}
