package io.signalbox.mesh.runtime;

import io.signalbox.mesh.client.Adopted;
import io.signalbox.mesh.client.Adoption;
import io.signalbox.mesh.controlplane.Adopter;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.UnknownNameException;
import io.signalbox.mesh.proxy.SidecarSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Applications on loopback that joined as they run. They are reached at their port, and stopped by whoever started them.
 * Safe from any thread.
 */
final class Adoptions implements Adopter {

    private static final Duration CONNECT = Duration.ofSeconds(1);

    private final Function<MemberSpec, EmbeddedMember> join;
    private final Supplier<Map<Integer, String>> taken;
    private final Predicate<String> member;
    private final SortedMap<String, Held> held = new TreeMap<>();

    /**
     * @param taken ports at which the mesh listens or has an application already, and what is there
     * @param member whether the mesh has an instance of that name
     */
    Adoptions(
            Function<MemberSpec, EmbeddedMember> join, Supplier<Map<Integer, String>> taken, Predicate<String> member) {
        this.join = join;
        this.taken = taken;
        this.member = member;
    }

    @Override
    public synchronized Adopted adopt(Adoption adoption) {
        String owner = taken.get().get(adoption.port());
        InvalidValueException.unless(
                owner == null, "port", adoption.port(), "a port outside the mesh; there is " + owner);
        requireListener(adoption.port());
        String instance = adoption.instance().orElseGet(() -> freeName(adoption.service()));
        InvalidValueException.unless(!member.test(instance), "instance", instance, "a name that no instance has");
        EmbeddedMember joined = join.apply(spec(adoption, instance));
        Adopted adopted = joined.adopted();
        held.put(instance, new Held(adopted, joined));
        return adopted;
    }

    @Override
    public synchronized Adopted release(String instance) {
        Held found = held.remove(instance);
        if (found == null) {
            throw new UnknownNameException("adopted instance", instance, held.keySet());
        }
        found.member.close();
        return found.adopted;
    }

    @Override
    public synchronized List<Adopted> adopted() {
        return held.values().stream().map(Held::adopted).toList();
    }

    private static MemberSpec spec(Adoption adoption, String instance) {
        MemberSpec spec = MemberSpec.service(adoption.service(), adoption.version(), instance, adoption.port())
                .speaking(adoption.protocol())
                .labelled("adopted_port", Integer.toString(adoption.port()));
        for (String service : adoption.tcp()) {
            spec = spec.calling(service);
        }
        return spec;
    }

    private String freeName(String service) {
        return IntStream.iterate(1, number -> number + 1)
                .mapToObj(number -> service + "-" + number)
                .filter(name -> !member.test(name))
                .findFirst()
                .orElseThrow();
    }

    private static void requireListener(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) CONNECT.toMillis());
        } catch (IOException e) {
            throw new InvalidValueException(
                    "port", port, "an application that accepts connections on " + SidecarSpec.LOOPBACK);
        }
    }

    private record Held(Adopted adopted, EmbeddedMember member) {}
}
