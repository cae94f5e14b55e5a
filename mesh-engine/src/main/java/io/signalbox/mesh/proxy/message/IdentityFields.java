package io.signalbox.mesh.proxy.message;

import java.util.List;

/**
 * Header fields in which proxies tell applications who calls. A sidecar passes none of them on: who calls is what a
 * certificate proved, and that stands in a field of the mesh's own.
 *
 * <p>Names are compared without case, and an underscore counts as a hyphen, as it does behind CGI and what followed it.
 */
public final class IdentityFields {

    /** Whole names: RFC 9440, Envoy and Istio, Traefik, Linkerd, SPIFFE. */
    private static final List<String> NAMES = List.of(
            "client-cert",
            "client-cert-chain",
            "l5d-client-id",
            "x-envoy-peer-metadata",
            "x-envoy-peer-metadata-id",
            "x-spiffe-id");

    /** Beginnings: the mesh's own, Envoy and Traefik, nginx, Apache and HAProxy by custom, AWS. */
    private static final List<String> BEGINNINGS = List.of(
            "x-signalbox-",
            "x-forwarded-client-cert",
            "x-forwarded-tls-client-cert",
            "x-client-cert",
            "x-ssl-client-",
            "ssl-client-",
            "x-amzn-mtls-clientcert");

    private IdentityFields() {}

    public static boolean isOne(String name) {
        if (name.isEmpty() || !mayBegin(name.charAt(0))) {
            return false;
        }
        for (int i = 0; i < BEGINNINGS.size(); i++) {
            if (begins(name, BEGINNINGS.get(i))) {
                return true;
            }
        }
        for (int i = 0; i < NAMES.size(); i++) {
            if (name.length() == NAMES.get(i).length() && begins(name, NAMES.get(i))) {
                return true;
            }
        }
        return false;
    }

    /** Most fields are told from these by their first letter. */
    private static boolean mayBegin(char first) {
        return switch (first) {
            case 'x', 'X', 'c', 'C', 's', 'S', 'l', 'L' -> true;
            default -> false;
        };
    }

    private static boolean begins(String name, String beginning) {
        if (name.length() < beginning.length()) {
            return false;
        }
        for (int i = 0; i < beginning.length(); i++) {
            if (folded(name.charAt(i)) != beginning.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static char folded(char c) {
        if (c >= 'A' && c <= 'Z') {
            return (char) (c + ('a' - 'A'));
        }
        return c == '_' ? '-' : c;
    }
}
