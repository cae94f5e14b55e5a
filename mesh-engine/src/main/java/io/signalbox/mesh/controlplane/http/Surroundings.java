package io.signalbox.mesh.controlplane.http;

import io.signalbox.mesh.controlplane.ControlPlane;
import io.signalbox.mesh.controlplane.Doorkeeper;
import java.util.function.BooleanSupplier;

/**
 * What routes work with.
 *
 * @param serving whether the server is to go on; streams end when it is not
 */
record Surroundings(ControlPlane controlPlane, Doorkeeper door, MetricsSource metrics, BooleanSupplier serving) {}
