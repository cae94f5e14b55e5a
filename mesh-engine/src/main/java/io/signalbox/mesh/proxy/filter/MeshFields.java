package io.signalbox.mesh.proxy.filter;

import io.signalbox.mesh.proxy.transport.MessageHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The mesh's own header fields, and keeping strangers from setting them. */
public final class MeshFields {

    /** In answers: why the mesh answered itself, or took the answer for the application's. */
    public static final String CAUSE = "x-signalbox-cause";

    /** In requests to the application: the service that calls, proven by its certificate. */
    public static final String SOURCE = "x-signalbox-source";

    /** In requests to the outbound listener: the service that is meant; does not travel on. */
    public static final String TARGET = "X-Target-Service";

    private static final String OWN_PREFIX = "x-signalbox-";
    private static final String FORWARDED_CERTIFICATE = "x-forwarded-client-cert";

    private MeshFields() {}

    /** Removes every field that would speak in the mesh's name. */
    public static void strip(MessageHeaders headers) {
        List<String> forged = new ArrayList<>(0);
        headers.forEach((name, value) -> {
            if (isOurs(name)) {
                forged.add(name);
            }
        });
        forged.forEach(headers::remove);
    }

    private static boolean isOurs(String name) {
        return name.regionMatches(true, 0, OWN_PREFIX, 0, OWN_PREFIX.length())
                || FORWARDED_CERTIFICATE.equals(name.toLowerCase(Locale.ROOT));
    }
}
