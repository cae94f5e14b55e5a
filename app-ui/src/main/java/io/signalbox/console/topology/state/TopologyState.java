package io.signalbox.console.topology.state;

/** Whether there is a graph to show, and if not why. */
public sealed interface TopologyState {

    /** No snapshot has come yet. */
    record Waiting() implements TopologyState {}

    /** The mesh has no service. */
    record NoServices(String mesh) implements TopologyState {}

    /** The connection broke before the first snapshot came. */
    record Unreachable(String why) implements TopologyState {}

    /** There is a graph; whether its figures are those of now stands beside it. */
    record Showing() implements TopologyState {}
}
