namespace IotMqtt.Devices.Loops;

/// <summary>Something to be done on a loop, once.</summary>
internal interface ILoopWork
{
    void Run(TimeSpan now);
}
