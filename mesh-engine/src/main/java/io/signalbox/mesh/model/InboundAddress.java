package io.signalbox.mesh.model;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Optional;

/**
 * Where other sidecars find one.
 *
 * @param bind the address that its inbound listener binds (default {@code 127.0.0.1})
 * @param advertised the name or address by which others call it (default {@code bind}); never that of all interfaces
 */
public record InboundAddress(String bind, String advertised) {

    public static final InboundAddress LOOPBACK = new InboundAddress("127.0.0.1", "127.0.0.1");

    public InboundAddress {
        InvalidValueException.unless(isLiteral(bind), "host", bind, "an IP address of this machine");
        Names.host("advertise", advertised);
        Optional<InetAddress> called = literal(advertised);
        InvalidValueException.unless(
                called.filter(InetAddress::isAnyLocalAddress).isEmpty(),
                "advertise",
                advertised,
                "a name or address by which others call what listens on " + bind);
        InvalidValueException.unless(
                isLoopback(bind) || !isLoopback(advertised),
                "advertise",
                advertised,
                "one that others reach, since it listens on " + bind);
    }

    /** Whether it is this machine alone that can call there, and is told to. */
    public boolean onLoopback() {
        return isLoopback(bind) && isLoopback(advertised);
    }

    /** Whether it is this machine alone that can call there, by whatever name. */
    public boolean bindsLoopback() {
        return isLoopback(bind);
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

    /** The advertised one as a URL has it: an IPv6 address in brackets. */
    public String authority(int port) {
        return (advertised.contains(":") ? "[" + advertised + "]" : advertised) + ":" + port;
    }

    private static boolean isLiteral(String text) {
        return literal(text).filter(address -> !address.isMulticastAddress()).isPresent();
    }

    private static boolean isLoopback(String text) {
        return text.equals("localhost")
                || literal(text).filter(InetAddress::isLoopbackAddress).isPresent();
    }

    /** Empty for a name. */
    private static Optional<InetAddress> literal(String text) {
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }
}
