package io.signalbox.shop.process;

import io.signalbox.mesh.model.Switch;
import io.signalbox.mesh.model.UnknownNameException;
import io.signalbox.mesh.model.status.InstanceStatus.RunState;
import io.signalbox.shop.Crew;
import io.signalbox.shop.InParallel;
import io.signalbox.shop.fault.PlantedFault;
import io.signalbox.shop.service.Staffing.Post;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** Instances of the shop, each in a process of its own. */
final class ProcessCrew implements Crew {

    private static final String BANK = "bank";
    private static final String BANKER = "bank-1";

    private static final int FEWEST_AT_A_TIME = 3;
    private static final Duration SETTLING = Duration.ofSeconds(30);

    private final BiFunction<String, String, KeptProcess> processes;
    private final int processors;
    private final Map<String, KeptProcess> places = new ConcurrentHashMap<>();

    /**
     * @param processes makes one of a service and an instance
     * @param processors of this machine; a process that starts keeps one busy
     */
    ProcessCrew(BiFunction<String, String, KeptProcess> processes, int processors) {
        this.processors = processors;
        this.processes = processes;
    }

    @Override
    public void openBank(Instant now) {
        place(BANK, BANKER);
    }

    /** Starts all of them, the bank too, as many at a time as the machine can. */
    @Override
    public void open(List<Post> posts) {
        posts.forEach(post -> place(post.service(), post.instance()));
        Semaphore starting = new Semaphore(Math.max(FEWEST_AT_A_TIME, processors));
        InParallel.each(List.copyOf(places.values()), place -> {
            starting.acquireUninterruptibly();
            try {
                Map<String, String> _ = place.start();
            } finally {
                starting.release();
            }
        });
    }

    @Override
    public Duration settling() {
        return SETTLING;
    }

    @Override
    public void faultSwitched(PlantedFault fault, Switch position) {
        String subject = InstanceRole.FAULT + " " + fault.wireName();
        InParallel.each(List.copyOf(places.values()), place -> place.order(subject, subject + " " + position));
    }

    @Override
    public void switchTo(String instance, Switch position) {
        KeptProcess place = places.get(instance);
        if (place == null) {
            throw new UnknownNameException("instance", instance, places.keySet());
        }
        place.order(InstanceRole.POWER, power(position));
    }

    private static String power(Switch position) {
        return InstanceRole.POWER + " " + position;
    }

    @Override
    public RunState runState(String instance) {
        KeptProcess place = places.get(instance);
        if (place == null) {
            return RunState.NOT_MANAGED;
        }
        boolean isOff = place.carriedOut(InstanceRole.POWER)
                .filter(power(Switch.OFF)::equals)
                .isPresent();
        return !isOff && place.isUp() ? RunState.RUNNING : RunState.STOPPED;
    }

    Map<String, RunState> runStates() {
        return places.keySet().stream().collect(Collectors.toMap(instance -> instance, this::runState));
    }

    @Override
    public void close() {
        InParallel.each(new ArrayList<>(places.values()), KeptProcess::close);
    }

    private void place(String service, String instance) {
        places.put(instance, processes.apply(service, instance));
    }
}
