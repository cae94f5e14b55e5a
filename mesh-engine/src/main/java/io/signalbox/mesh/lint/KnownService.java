package io.signalbox.mesh.lint;

import io.signalbox.mesh.model.Protocol;
import java.util.Set;

/**
 * What is registered of one service.
 *
 * @param versions those that have an instance
 */
public record KnownService(String name, Protocol protocol, Set<String> versions) {

    public KnownService {
        versions = Set.copyOf(versions);
    }
}
