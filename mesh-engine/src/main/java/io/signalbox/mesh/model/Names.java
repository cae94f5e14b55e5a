package io.signalbox.mesh.model;

import java.util.regex.Pattern;

/**
 * The grammar of names: services, instances and versions.
 *
 * <p>Services are DNS labels, so that they can stand in a {@code Host} header; instances and versions may also hold
 * dots, underscores and upper case.
 */
public final class Names {

    private static final Pattern SERVICE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._:-]{0,251}[A-Za-z0-9])?");
    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?");
    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9._-]{1,253}|[0-9A-Fa-f.]*:[0-9A-Fa-f.]*:[0-9A-Fa-f.:]*");
    private static final Pattern FIELD = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}");

    private Names() {}

    /** Returns the name if it is a DNS label: 1 to 63 of {@code a-z 0-9 -}. */
    public static String service(String field, String name) {
        InvalidValueException.unless(
                SERVICE.matcher(name).matches(), field, name, "1 to 63 of a-z, 0-9 and -, not - at either end");
        return name;
    }

    /** Returns the id if it is 1 to 253 of letters, digits, and {@code . _ : -}. */
    public static String instance(String field, String id) {
        InvalidValueException.unless(TOKEN.matcher(id).matches(), field, id, "1 to 253 letters, digits, . _ : -");
        return id;
    }

    /** Returns the name if header fields and cookies may have it (RFC 9110, 5.6.2). */
    public static String token(String field, String name) {
        InvalidValueException.unless(
                FIELD.matcher(name).matches(), field, name, "1 to 256 letters, digits, !#$%&'*+-.^_`|~");
        return name;
    }

    /** Returns the host if it is a name, an IPv4 address, or an IPv6 address without brackets. */
    public static String host(String field, String host) {
        InvalidValueException.unless(HOST.matcher(host).matches(), field, host, "a host name or address");
        return host;
    }

    /** Returns the version if it is 1 to 63 of letters, digits, and {@code . _ -}. */
    public static String version(String field, String version) {
        InvalidValueException.unless(
                VERSION.matcher(version).matches(), field, version, "1 to 63 letters, digits, . _ -");
        return version;
    }
}
