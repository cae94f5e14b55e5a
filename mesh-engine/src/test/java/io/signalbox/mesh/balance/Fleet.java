package io.signalbox.mesh.balance;

import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.Protocol;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Endpoints that come, go, change weight and get busy, all by one seed. */
final class Fleet implements InFlight {

    private static final int MOST = 12;

    final SplittableRandom random;
    final List<Endpoint> members = new ArrayList<>();
    private final Map<String, Integer> busy = new HashMap<>();
    private int born;

    Fleet(long seed) {
        random = new SplittableRandom(seed);
        join();
        join();
    }

    /** One comes, goes or changes its weight; in the order of their names, as the registry has them. */
    void change() {
        int what = random.nextInt(3);
        if (members.size() < 2 || (what == 0 && members.size() < MOST)) {
            join();
        } else if (what == 1) {
            members.remove(random.nextInt(members.size()));
        } else {
            int at = random.nextInt(members.size());
            members.set(at, endpoint(members.get(at).instanceId()));
        }
    }

    /** Some of them, in their order: never none. */
    List<Endpoint> some() {
        if (random.nextInt(3) > 0) {
            return List.copyOf(members);
        }
        List<Endpoint> some = new ArrayList<>(members);
        some.removeIf(member -> random.nextBoolean());
        return some.isEmpty() ? List.of(members.getFirst()) : some;
    }

    void begin(Endpoint endpoint) {
        busy.merge(endpoint.instanceId(), 1, Integer::sum);
    }

    /** One call ends somewhere. */
    void end() {
        Endpoint one = members.get(random.nextInt(members.size()));
        busy.computeIfPresent(one.instanceId(), (id, calls) -> calls == 1 ? null : calls - 1);
    }

    @Override
    public int of(Endpoint endpoint) {
        return busy.getOrDefault(endpoint.instanceId(), 0);
    }

    private void join() {
        members.add(
                endpoint("e" + (random.nextInt(4) == 0 && born > 0 ? random.nextInt(born) + "-again-" : "") + born++));
        members.sort(Comparator.comparing(Endpoint::instanceId));
    }

    private Endpoint endpoint(String id) {
        return new Endpoint("catalog", id, "v1", "127.0.0.1", 8080, Protocol.HTTP, null, 1 + random.nextInt(9), null);
    }
}
