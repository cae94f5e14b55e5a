package io.signalbox.mesh.event;

import java.time.Instant;

/** An event with its place in the log: sequences begin at 1 and have no gaps. */
public record RecordedEvent(long sequence, Instant at, MeshEvent event) {}
