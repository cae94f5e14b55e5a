package io.signalbox.shop.service;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.signalbox.shop.service.Message.Payment;
import io.signalbox.shop.service.Message.Statement;
import io.signalbox.shop.web.Application;
import io.signalbox.shop.web.Call;
import io.signalbox.shop.web.Reply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The bank's door: counts what is asked for and what is authorized, and tells it at {@code GET /statement}. It stands
 * before whatever is wrong with the bank, so what is turned away counts as asked for.
 *
 * <p>Knows the latest {@value #MOST_ORDERS} orders. Safe from any thread.
 */
public final class BankDoor implements Application {

    static final int MOST_ORDERS = 10_000;

    private static final int CREATED = 201;

    private final Application bank;

    @GuardedBy("this")
    private final Map<String, Integer> authorized = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > MOST_ORDERS;
        }
    };

    @GuardedBy("this")
    private long asked;

    @GuardedBy("this")
    private long granted;

    public BankDoor(Application bank) {
        this.bank = bank;
    }

    @Override
    public Reply answer(Call call) {
        return switch (call.method() + " " + call.path()) {
            case "GET /statement" -> Reply.ok(statement());
            case "POST /authorizations" -> counted(call);
            default -> bank.answer(call);
        };
    }

    private Reply counted(Call call) {
        synchronized (this) {
            asked++;
        }
        Reply reply = bank.answer(call);
        if (reply.status() == CREATED) {
            note(call.body(Payment.class).order());
        }
        return reply;
    }

    private synchronized void note(String order) {
        granted++;
        authorized.merge(order, 1, Integer::sum);
    }

    private synchronized Statement statement() {
        List<String> twice = authorized.entrySet().stream()
                .filter(order -> order.getValue() > 1)
                .map(Map.Entry::getKey)
                .toList();
        return new Statement(asked, granted, twice.size(), twice.isEmpty() ? "" : twice.getLast());
    }
}
