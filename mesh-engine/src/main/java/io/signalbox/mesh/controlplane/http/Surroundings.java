package io.signalbox.mesh.controlplane.http;

import io.signalbox.mesh.controlplane.ControlPlane;
import java.util.function.BooleanSupplier;

/**
 * What routes work with.
 *
 * @param serving whether the server is to go on; streams end when it is not
 */
record Surroundings(ControlPlane controlPlane, MetricsSource metrics, BooleanSupplier serving) {}
