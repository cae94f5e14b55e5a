package io.signalbox.mesh.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The control plane that a sidecar is attached to, or several that share a store.
 *
 * @param urls in the order in which they are tried; all {@code http}, or all {@code https}
 * @param token {@code null} for a sidecar whose identity is issued, once its file is gone
 * @param tokenFile where the token stands, or should
 * @param ca the text of the roots that an {@code https} address is believed by; {@code null} for those of the system
 * @param state the folder for what the sidecar last ran; {@code null} for the user's own
 */
public record ControlPlaneAddress(
        List<URI> urls,
        @Nullable AccessToken token,
        Path tokenFile,
        @Nullable String ca,
        @Nullable Path state) {

    public ControlPlaneAddress {
        urls = List.copyOf(urls);
    }

    /** Whether a certificate can be shown there. */
    public boolean inTls() {
        return "https".equals(urls.getFirst().getScheme());
    }
}
