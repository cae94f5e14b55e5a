package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.client.Adopted;
import io.signalbox.mesh.client.Adoption;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.UnknownNameException;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

/** Adopts without starting anything; an odd port has nobody who listens. */
public final class FakeAdopter implements Adopter {

    private final SortedMap<String, Adopted> adopted = new ConcurrentSkipListMap<>();

    @Override
    public Adopted adopt(Adoption adoption) {
        InvalidValueException.unless(adoption.port() % 2 == 0, "port", adoption.port(), "an application");
        Adopted next = new Adopted(
                adoption.service(),
                adoption.version(),
                adoption.instance().orElse(adoption.service() + "-1"),
                adoption.protocol(),
                adoption.port(),
                20001,
                20002,
                20003,
                adoption.tcp().stream().collect(Collectors.toMap(name -> name, _ -> 20004)));
        adopted.put(next.instance(), next);
        return next;
    }

    @Override
    public Adopted release(String instance) {
        Adopted gone = adopted.remove(instance);
        if (gone == null) {
            throw new UnknownNameException("adopted instance", instance, adopted.keySet());
        }
        return gone;
    }

    @Override
    public List<Adopted> adopted() {
        return List.copyOf(adopted.values());
    }
}
