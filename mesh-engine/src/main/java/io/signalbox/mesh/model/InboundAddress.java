package io.signalbox.mesh.model;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Set;

/**
 * Where other sidecars find one.
 *
 * @param bind the address that its inbound listener binds (default {@code 127.0.0.1})
 * @param advertised the name or address by which others call it (default {@code bind}); never that of all interfaces
 */
public record InboundAddress(String bind, String advertised) {

    private static final Set<String> EVERYWHERE = Set.of("0.0.0.0", "::");

    public static final InboundAddress LOOPBACK = new InboundAddress("127.0.0.1", "127.0.0.1");

    public InboundAddress {
        InvalidValueException.unless(isLiteral(bind), "host", bind, "an IP address of this machine");
        Names.host("advertise", advertised);
        InvalidValueException.unless(
                !EVERYWHERE.contains(advertised),
                "advertise",
                advertised,
                "a name or address by which others call what listens on " + bind);
    }

    /** Whether it is this machine alone that can call there. */
    public boolean onLoopback() {
        return InetAddress.ofLiteral(bind).isLoopbackAddress();
    }

    /** Whether a listener of this machine can bind it. */
    public boolean isOfThisMachine() {
        InetAddress address = InetAddress.ofLiteral(bind);
        try {
            return address.isAnyLocalAddress()
                    || address.isLoopbackAddress()
                    || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException cannotBeTold) {
            return true;
        }
    }

    private static boolean isLiteral(String text) {
        try {
            return !InetAddress.ofLiteral(text).isMulticastAddress();
        } catch (IllegalArgumentException notAnAddress) {
            return false;
        }
    }
}
