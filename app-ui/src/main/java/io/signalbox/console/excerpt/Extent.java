package io.signalbox.console.excerpt;

/**
 * How much of a mesh is shown.
 *
 * @param services that are shown
 * @param ofServices that the mesh has
 * @param instances that are shown
 * @param ofInstances that the mesh has
 * @param circuits that are shown
 * @param ofCircuits that the mesh has
 * @param edges that are shown
 * @param ofEdges that the mesh has
 * @param splits that are shown
 * @param ofSplits that the mesh has
 * @param matching services that the filter finds in the mesh; all of them without one
 * @param filter what was typed, in lower case; empty for everything
 */
public record Extent(
        int services,
        int ofServices,
        int instances,
        int ofInstances,
        int circuits,
        int ofCircuits,
        int edges,
        int ofEdges,
        int splits,
        int ofSplits,
        int matching,
        String filter) {

    static final Extent NOTHING = new Extent(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, "");

    /** Whether something of the mesh is not shown. */
    public boolean isPart() {
        return services < ofServices
                || instances < ofInstances
                || circuits < ofCircuits
                || edges < ofEdges
                || splits < ofSplits;
    }
}
