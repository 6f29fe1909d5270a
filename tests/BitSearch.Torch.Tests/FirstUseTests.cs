using System.Collections.Concurrent;

namespace BitSearch.Torch.Tests;

public sealed class FirstUseTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    [Fact]
    public void Known_kinds_run_side_by_side()
    {
        var kind = new object();
        Learn(kind);
        using var both = new Barrier(2);

        var met = Threads(2, _ =>
        {
            using var turn = FirstUse.Of(kind);
            return both.SignalAndWait(Long, TestContext.Current.CancellationToken);
        });

        Assert.All(met, Assert.True);
    }

    [Fact]
    public void A_kind_is_alone_the_first_time()
    {
        var known = new object();
        Learn(known);
        var (inside, alone) = (0, new ConcurrentBag<bool>());

        Threads(8, _ =>
        {
            for (var round = 0; round < 200; round++)
            {
                var first = round % 20 == 0;
                using var turn = FirstUse.Of(first ? new object() : known);
                var before = Interlocked.Increment(ref inside);
                if (first)
                {
                    Thread.Sleep(1);
                    alone.Add(before == 1 && Volatile.Read(ref inside) == 1);
                }

                Interlocked.Decrement(ref inside);
            }

            return true;
        });

        Assert.Equal(80, alone.Count);
        Assert.All(alone, Assert.True);
    }

    [Fact]
    public void What_was_not_done_is_alone_again_and_lets_the_others_go_on()
    {
        var kind = new object();
        Assert.Throws<InvalidOperationException>((Action)(() =>
        {
            using var turn = FirstUse.Of(kind);
            throw new InvalidOperationException();
        }));
        using var entered = new ManualResetEventSlim();
        using var leave = new ManualResetEventSlim();
        using var last = new ManualResetEventSlim();

        var (one, other) = (new Thread(() => Use(entered, leave)), new Thread(() => Use(last, leave)));
        one.Start();
        Assert.True(entered.Wait(Long, TestContext.Current.CancellationToken));
        other.Start();
        Assert.False(last.Wait(TimeSpan.FromMilliseconds(50), TestContext.Current.CancellationToken));
        leave.Set();
        Assert.True(one.Join(Long) && other.Join(Long) && last.IsSet);

        void Use(ManualResetEventSlim inside, ManualResetEventSlim until)
        {
            using var turn = FirstUse.Of(kind);
            inside.Set();
            until.Wait(Long);
        }
    }

    private static void Learn(object kind)
    {
        using var turn = FirstUse.Of(kind);
        turn.Done();
    }

    private static bool[] Threads(int count, Func<int, bool> action)
    {
        var results = new bool[count];
        var threads = Enumerable.Range(0, count).Select(i => new Thread(() => results[i] = action(i))).ToList();
        threads.ForEach(t => t.Start());
        Assert.All(threads, t => Assert.True(t.Join(Long)));
        return results;
    }
}
