package io.signalbox.console.excerpt;

/**
 * How much of a mesh is shown at once, so that no picture keeps the FX thread for long.
 *
 * @param services of the mesh
 * @param instances of all services together
 * @param edges of the mesh
 * @param circuits of the mesh
 * @param splits of the mesh
 * @param answers of any other list
 * @param within of a list within one of those, such as the versions of a service, and of planted faults
 */
public record Bounds(int services, int instances, int edges, int circuits, int splits, int answers, int within) {

    static final Bounds USUAL = new Bounds(1_000, 3_000, 3_000, 2_000, 1_000, 2_000, 50);
}
