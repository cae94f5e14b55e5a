package io.signalbox.mesh.client;

import java.time.Instant;

/** A service that gets no certificate any more, and whose certificates are believed no more by those who were told. */
public record RevokedIdentity(String service, Instant at, String by, String reason) {}
