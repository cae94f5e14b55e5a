package io.signalbox.mesh.proxy.outbound;

import io.signalbox.mesh.proxy.filter.MeshFields;
import io.signalbox.mesh.proxy.transport.IncomingHead;
import io.signalbox.mesh.routing.RouteTable;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which service a request of the application means.
 *
 * <p>{@code X-Target-Service} says it outright; otherwise it is the host, of an absolute-form target or of {@code Host},
 * without port, in any case, and with or without {@code .mesh}. A host that names no known service means the default
 * service where there is one.
 */
final class TargetService {

    private static final String SUFFIX = ".mesh";

    private TargetService() {}

    /** Returns the name, or {@code null} when the request names nothing. */
    static @Nullable String of(IncomingHead head, RouteTable routes, @Nullable String defaultService) {
        String named = head.headers().first(MeshFields.TARGET);
        if (named != null && !named.isBlank()) {
            return plain(named.strip());
        }
        String host = head.host();
        String byHost = host == null || host.isBlank() ? null : plain(host);
        if (byHost != null && routes.service(byHost).isPresent()) {
            return byHost;
        }
        return defaultService != null ? defaultService : byHost;
    }

    private static String plain(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(SUFFIX) ? lower.substring(0, lower.length() - SUFFIX.length()) : lower;
    }
}
